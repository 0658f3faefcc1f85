import { randomBytes } from 'node:crypto'

/** W3C trace context of a request. */
export type Trace = { readonly traceId: string; readonly traceparent: string }

const header = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

/** Goes on with the caller's trace, if it sent a valid one; begins one otherwise. */
export function traceOf(incoming: string | undefined): Trace {
  const [, traceId = randomBytes(16).toString('hex'), flags = '01'] = header.exec(incoming ?? '') ?? []
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` }
}
