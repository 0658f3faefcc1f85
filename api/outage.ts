/** What a database that is away, starting, stopping or out of connections makes of a query; see mysql2 and Node's net. */
const databaseCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_NET_READ_ERROR',
  'ER_NET_READ_INTERRUPTED',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_CANT_LOCK',
  'ER_OPTION_PREVENTS_STATEMENT',
])

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. */
const grpcCodes: ReadonlySet<number> = new Set([1, 4, 8, 10, 14])

const messages = [
  /pool is closed/i,
  /closed state/i,
  /connection is in closed state/i,
  /channel (has been|is) (closed|shut)/i,
]

/**
 * Whether an error means that something we depend on can't be reached for now, so that the same request may well
 * succeed later. Anything else is a bug of ours. Looks through the errors that others are wrapped in.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && databaseCodes.has(code)) return true
  // a gRPC error has its details beside the code; other numbers mean other things
  if (typeof code === 'number' && 'details' in error && grpcCodes.has(code)) return true
  if (messages.some((message) => message.test(error.message))) return true
  if (error instanceof AggregateError && error.errors.some((inner) => isOutage(inner, depth + 1))) return true
  return isOutage(error.cause, depth + 1)
}
