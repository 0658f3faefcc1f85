/**
 * Whether an error of @platformatic/kafka is about the broker and not about what it was asked: it passes, and asking
 * again helps. The library says `canRetry: false` of requests that got no answer in time.
 */
export const passes = (error: unknown): boolean => everyOf(error, isAboutBroker)

/** The same, and what may be a mistake or a broker that has only begun to know its topics: worth a few more tries. */
export const mayPass = (error: unknown): boolean =>
  everyOf(error, (one) => isAboutBroker(one) || (codeOf(one) === 'PLT_KFK_USER' && ofStart.test(one.message)))

const ofStart = /^(Unknown topic|Cannot find broker|Client closed while retrying)/

function isAboutBroker(error: Error): boolean {
  const { canRetry, needsRejoin } = error as { canRetry?: unknown; needsRejoin?: unknown }
  return codeOf(error) === 'PLT_KFK_NETWORK' || canRetry === true || needsRejoin === true
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
