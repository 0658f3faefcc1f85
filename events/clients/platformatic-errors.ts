/**
 * Whether an error of @platformatic/kafka is about the broker and not about what it was asked: it passes, and asking
 * again helps. The library says `canRetry: false` of requests that got no answer in time.
 */
export const passes = (error: unknown): boolean => everyOf(error, isAboutBroker)

/** The same, and what a few more tries may be worth: a topic not known yet, an answer that could not be read. */
export const mayPass = (error: unknown): boolean =>
  everyOf(error, (one) => {
    const code = codeOf(one)
    const isOfLibrary = typeof code === 'string' && code.startsWith('PLT_KFK_')
    return isAboutBroker(one) || !isOfLibrary || (code === 'PLT_KFK_USER' && ofStart.test(one.message))
  })

const ofStart = /^(Unknown topic|Cannot find broker|Client closed while retrying)/

/**
 * No connection or no answer, or one that it can't read: it takes the count of a tagged section for its length, and
 * brokers that have just lost or gained a partition send such sections.
 */
const ofConnection: ReadonlySet<unknown> = new Set([
  'PLT_KFK_NETWORK',
  'PLT_KFK_OUT_OF_BOUNDS',
  'OUT_OF_BOUNDS',
  'PLT_KFK_UNEXPECTED_CORRELATION_ID',
])

function isAboutBroker(error: Error): boolean {
  const { canRetry, needsRejoin } = error as { canRetry?: unknown; needsRejoin?: unknown }
  return ofConnection.has(codeOf(error)) || canRetry === true || needsRejoin === true
}

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined)

/** An answer about several partitions, or several tries, is one error that holds the others. */
function everyOf(error: unknown, test: (one: Error) => boolean): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every((one) => everyOf(one, test))
  return test(error)
}

/** Whether the broker's answer holds this error, by its name in Kafka's protocol. */
export function isProtocolError(error: unknown, id: string): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError && error.errors.some((one) => isProtocolError(one, id))) return true
  return 'apiId' in error && error.apiId === id
}
