import { formatClock, formatTime, formatUtc } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'

/** In the reader's zone; the same moment in UTC on hover. */
export function Time({ at, clock = false }: { readonly at: string; readonly clock?: boolean }) {
  const language = useLocale()
  return (
    <time dateTime={at} title={formatUtc(at)} className="tabular">
      {clock ? formatClock(at, language) : formatTime(at, language)}
    </time>
  )
}
