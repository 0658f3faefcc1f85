import type { Violation } from '../violations.ts'

export type IdempotencyKey = { readonly key: string | undefined; readonly violations: readonly Violation[] }

const quoted = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"(?:;.*)?$/
const bare = /^[\x21\x23-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/**
 * The `Idempotency-Key` header: a structured-field string (`"abc"`), or the same characters without quotes, as many
 * clients send it. Both mean the same key.
 */
export function readIdempotencyKey(header: string | undefined): IdempotencyKey {
  if (header === undefined) return { key: undefined, violations: [] }
  const key = quoted.exec(header)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? bare.exec(header)?.[0]
  if (key !== undefined && key.length >= 1 && key.length <= 255) return { key, violations: [] }
  const message = 'Has to be 1 to 255 printable ASCII characters, in double quotes or bare'
  return { key: undefined, violations: [{ pointer: '/headers/idempotency-key', code: 'invalid', message }] }
}

const longestWait = 30

/** Seconds of `Prefer: wait=N` (RFC 7240), 30 at most. What can't be understood is no preference. */
export function readWait(header: string | undefined): number | undefined {
  const found = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])/i.exec(header ?? '')?.[1]
  const seconds = Math.min(Number(found ?? 0), longestWait)
  return seconds >= 1 ? seconds : undefined
}
