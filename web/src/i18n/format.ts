import type { Money } from '../http/contract.ts'

export function formatMoney({ amountMinor, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** What a person typed as a price, in minor units; undefined unless it is an exact amount of the currency. */
export function parseAmount(text: string, currency: string): number | undefined {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  const [whole, units = '', fraction = ''] = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim()) ?? []
  if (whole === undefined || fraction.length > digits) return undefined
  return Number(units + fraction.padEnd(digits, '0'))
}

export const formatNumber = (value: number, language: string): string => new Intl.NumberFormat(language).format(value)

/** In the reader's own zone. */
export const formatTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))

/** To the second. */
export const formatMoment = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso))

export const formatClock = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(iso))

/** To the millisecond: of two things in the same second one came first. */
export const formatExactClock = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(new Date(iso))

/** `2026-01-31 09:30:00 UTC`, the same for everyone. */
export const formatUtc = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`

/** `85 ms`, `1.2 s`, `2 min 5 s`, `3 hr 4 min`, `2 days 1 hr`: as exact as somebody wants to know. */
export function formatDuration(ms: number, language: string): string {
  const of = (value: number, unit: string, digits = 0): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits }).format(value)
  if (ms < 1000) return of(Math.max(0, Math.round(ms)), 'millisecond')
  const seconds = ms / 1000
  if (seconds < 60) return of(seconds, 'second', seconds < 10 ? 1 : 0)
  const both = (value: number, per: number, unit: string, smaller: string): string => {
    const rest = value % per
    return `${of(Math.floor(value / per), unit)}${rest === 0 ? '' : ` ${of(rest, smaller)}`}`
  }
  const whole = Math.round(seconds)
  if (whole < 3600) return both(whole, 60, 'minute', 'second')
  const minutes = Math.round(whole / 60)
  if (minutes < 24 * 60) return both(minutes, 60, 'hour', 'minute')
  return both(Math.round(minutes / 60), 24, 'day', 'hour')
}

/** `12.90`, as `parseAmount` reads it. */
export function formatPlainAmount({ amountMinor, currency }: Money): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return (amountMinor / 10 ** digits).toFixed(digits)
}
