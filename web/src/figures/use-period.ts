import type { Figures } from '../http/contract.ts'
import { useLocale } from '../i18n/language.ts'
import { endOf } from './parts.ts'

/** `10:05 – 10:10` in the reader's zone, or the one moment where it is a minute. */
export function usePeriod(figures: Figures): (part: number) => string {
  const clock = new Intl.DateTimeFormat(useLocale(), { hour: '2-digit', minute: '2-digit' })
  return (part) => {
    const from = new Date(figures.points[part] ?? figures.from)
    return figures.minutesPerPoint === 1 ? clock.format(from) : clock.formatRange(from, new Date(endOf(figures, part)))
  }
}
