/**
 * Whether an error of @platformatic/kafka is about the broker and not about what it was asked: worth asking again. The
 * library says `canRetry: false` of requests that got no answer in time, and of topics that a starting broker does not
 * know yet.
 */
export function passes(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(passes)
  const { code, canRetry, needsRejoin } = error as { code?: unknown; canRetry?: unknown; needsRejoin?: unknown }
  if (code === 'PLT_KFK_NETWORK' || canRetry === true || needsRejoin === true) return true
  return (
    code === 'PLT_KFK_USER' && /^(Unknown topic|Cannot find broker|Client closed while retrying)/.test(error.message)
  )
}

/** Whether the broker's answer holds this error, by its name in Kafka's protocol. */
export function isProtocolError(error: unknown, id: string): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.some((one) => isProtocolError(one, id))) return true
  return 'apiId' in error && error.apiId === id
}
