import { isGivenUp } from '../platform/transactions.ts'
import { UnreadableMessage } from './envelope.ts'

/**
 * What a failure to process an event means. An outage is waited out: the partition stands still, its order is kept.
 * Poison can never be processed here: it goes to the dead letters and the others move on.
 */
export type Verdict = 'outage' | 'repeatTransaction' | 'suspect' | 'poison'

/** Codes of Node, mysql2 and gRPC that say "not there", "too busy" or "ask again": never the message's fault. */
const outageCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_SERVER_GONE_ERROR',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_NO_SUCH_TABLE',
  'ER_DISK_FULL',
  1, // gRPC CANCELLED
  4, // DEADLINE_EXCEEDED
  8, // RESOURCE_EXHAUSTED
  13, // INTERNAL
  14, // UNAVAILABLE
  16, // UNAUTHENTICATED
])

/** A cause may point back at its error. */
const deepestCause = 10

/** Thrown by a handler that can't go on now, whoever's fault it is: the partition stands still until it can. */
export class Outage extends Error {
  override readonly name: string = 'Outage'
}

/** One failure by itself. `suspect`: it may be the message or a bad deployment; see `judge`. */
export function classify(error: unknown): Verdict {
  if (error instanceof UnreadableMessage) return 'poison'
  if (error instanceof Outage) return 'outage'
  let current = error
  for (let depth = 0; current instanceof Error && depth < deepestCause; depth += 1, current = current.cause) {
    const code: unknown = 'code' in current ? current.code : undefined
    if (isGivenUp(current) || code === 'ER_LOCK_WAIT_TIMEOUT') return 'repeatTransaction'
    if (outageCodes.has(code)) return 'outage'
    // mysql2 says these without a code.
    if (/Connection lost|closed state|Pool is closed|Can't add new command/.test(current.message)) return 'outage'
  }
  return 'suspect'
}

/** From this many different orders failing one after the other with nothing succeeding, it is not the messages. */
export const alikeIsOutage = 5
/** A message that failed alone this often is poison. */
export const aloneIsPoison = 3

export type Surroundings = {
  /** How often this message has failed by itself, this time included. */
  readonly tries: number
  /** Different orders that have failed since anything succeeded, this one included. */
  readonly ordersFailing: number
}

/** What to do about a failed message: the one place where outage and poison are told apart. */
export type Judgement = 'outage' | 'repeatTransaction' | 'tryAgain' | 'poison'

export function judge(error: unknown, { tries, ordersFailing }: Surroundings): Judgement {
  const verdict = classify(error)
  if (verdict !== 'suspect') return verdict
  if (ordersFailing >= alikeIsOutage) return 'outage'
  return tries >= aloneIsPoison ? 'poison' : 'tryAgain'
}
