/**
 * What an endpoint's answer means. `failed` is tried again; `refused` is not: the same bytes would be refused again.
 * `gone` disables the endpoint.
 */
export type Verdict = 'delivered' | 'refused' | 'gone' | 'failed'

/** Request timeout, too early, too many requests. */
const askAgain: ReadonlySet<number> = new Set([408, 425, 429])

/** Redirects are not followed, so they are failures: the owner has to change the address. */
export function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  return status >= 400 && status < 500 && !askAgain.has(status) ? 'refused' : 'failed'
}

const mostMs = 3_600_000

/** `Retry-After` in seconds, or as a date; an hour at most. */
export function retryAfterMs(header: string | undefined, now: number): number {
  if (header === undefined) return 0
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return ms > 0 ? Math.min(ms, mostMs) : 0
}
