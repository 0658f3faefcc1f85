import { randomBytes } from 'node:crypto'
import { beginTrace, type Span } from '../platform/tracing.ts'

/** W3C trace context of a request; its span, where it is traced. */
export type Trace = { readonly traceId: string; readonly traceparent: string; readonly span?: Span }

const header = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/
/** Probes, metrics and pages would drown the rest. */
const isTraced = (path: string): boolean => path.startsWith('/v1/')

/** Goes on with the caller's trace, if it sent a valid one; begins one otherwise. */
export function traceOf(incoming: string | undefined): Trace {
  const [, traceId = randomBytes(16).toString('hex'), flags = '01'] = header.exec(incoming ?? '') ?? []
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` }
}

/** The same with a span that begins now, where traces are sent. Its trace is the caller's, or a new one. */
export function beginRequest(incoming: string | undefined, method: string, path: string): Trace {
  if (!isTraced(path)) return traceOf(incoming)
  const parent = header.test(incoming ?? '') ? incoming : undefined
  const attributes = { 'http.request.method': method }
  const span = beginTrace(method, { ...(parent !== undefined && { parent }), kind: 'server', attributes })
  if (span === undefined) return traceOf(incoming)
  const [, traceId = ''] = header.exec(span.traceparent) ?? []
  return { traceId, traceparent: span.traceparent, span }
}
