import { isOver, type OrderStatus } from '../../domain/order.ts'
import type { OrderEventData } from '../../domain/saga/event.ts'

/** Whom an order waits for, as its saga's `waitingFor` says, told from one event to the next. */
export type Waits = {
  /** Names of steps, or `customer`: another payment method is awaited. Sorted. */
  readonly for: readonly string[]
  /** Since when one of these, at least, has been waited for without a break. */
  readonly since: string
}

export const customerWaits = 'customer'

type Told = Pick<OrderEventData, 'status' | 'step' | 'action' | 'outcome' | 'asks' | 'retryUntil'>

/**
 * @param before with the status that the order had then.
 * @returns undefined where nobody is waited for: it is over, a person has to act, or the carrier has the parcel.
 */
export function waitsAfter(
  before: { readonly status: OrderStatus; readonly waits?: Waits | undefined } | undefined,
  { status, step, action, outcome, asks = [], retryUntil }: Told,
  time: string,
): Waits | undefined {
  const phase = phaseOf(status)
  if (phase === undefined) return undefined
  const goesOn = before !== undefined && phaseOf(before.status) === phase
  const left = new Set(goesOn ? before.waits?.for : [])
  const begun = asks.filter((ask) => isOf(phase, ask.action))
  if (step !== undefined && action !== undefined && isOf(phase, action) && endsWait(phase, outcome)) left.delete(step)
  if (retryUntil !== undefined && phase === 'forward') left.add(customerWaits)
  if (begun.length > 0 && phase === 'forward') left.delete(customerWaits)
  for (const ask of begun) left.add(ask.step)
  if (left.size === 0) return undefined
  const names = [...left].toSorted()
  const stays = goesOn && before.waits?.for.some((name) => left.has(name)) === true
  return { for: names, since: stays ? (before.waits?.since ?? time) : time }
}

type Phase = 'forward' | 'undo' | 'settle'

function phaseOf(status: OrderStatus): Phase | undefined {
  if (isOver(status) || status === 'confirmed') return undefined
  if (status === 'placed' || status === 'processing') return 'forward'
  return status === 'dispatched' ? 'settle' : 'undo'
}

/** An answer to another phase's ask may come late: it is told, and nobody waited for it. */
const isOf = (phase: Phase, action: NonNullable<Told['action']>): boolean =>
  phase === 'forward'
    ? action === 'perform'
    : phase === 'undo'
      ? action === 'compensate'
      : action !== 'perform' && action !== 'compensate'

/** What ran out is asked again, except going forward. */
const endsWait = (phase: Phase, outcome: Told['outcome']): boolean =>
  outcome !== undefined && (outcome !== 'timedOut' || phase === 'forward')

/** As a row keeps it. */
export const waitsOfRow = (row: { readonly waiting_for: string; readonly waiting_since: Date | null }) =>
  row.waiting_since === null
    ? undefined
    : ({ for: row.waiting_for.split(','), since: row.waiting_since.toISOString() } satisfies Waits)
