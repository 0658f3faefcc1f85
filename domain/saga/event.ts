import type { OrderId } from '../ids.ts'
import type { Money } from '../money.ts'
import type { Actor, Failure, Goods, Order, OrderStatus } from '../order.ts'
import type { ReturnView } from '../returns/view.ts'
import type { Plan } from './plan.ts'

export type EventType = `order.${string}` | `return.${string}`

/** The types the saga itself emits; the others come from the definitions of its steps. */
export const sagaEventTypes = [
  'order.placed',
  'order.step_timed_out',
  'order.payment_method_changed',
  'order.confirmed',
  'order.dispatched',
  'order.delivered',
  'order.cancellation_requested',
  'order.cancellation_refused',
  'order.compensation_requested',
  'order.needs_attention',
  'order.attention_resolved',
  'order.resolution_requested',
  'order.resolution_approved',
  'order.deadline_changed',
  'order.resumed',
  'order.cancelled',
  'order.rejected',
] as const satisfies readonly EventType[]

/** The last two are asked for returns. */
export const actions = ['perform', 'compensate', 'commit', 'capture', 'restock', 'refund'] as const
export type Action = (typeof actions)[number]

/**
 * What an event asks of a participant. The same (step, action, round) is the same ask, however often it is repeated;
 * a new round is a new ask (after a refusal, or with a new card).
 */
export type Ask = {
  readonly step: string
  readonly participant: string
  readonly action: Action
  readonly round: number
  /** Counts the events that repeat this ask, from 1. */
  readonly attempt: number
  /** Not to be started before this time: the pause after a refusal. */
  readonly notBefore?: string
  /** When the saga stops waiting for this attempt. */
  readonly deadlineAt: string
  /** Done by hand: close what is open about it, remember it as done, move nothing, and say so. */
  readonly byHand?: boolean
  /** What comes back to the shelf, with `restock`. */
  readonly lines?: readonly Goods[]
  /** How much is paid back, with `refund`. */
  readonly amount?: Money
}

export type Reason = { readonly code: string; readonly message: string }

export type Outcome = 'completed' | 'rejected' | 'undoRefused' | 'timedOut' | 'stuck'

export type OrderEventData = {
  readonly status: OrderStatus
  readonly actor: Actor
  /** Names the step, the action and what came of it, in an event about a step. */
  readonly step?: string
  readonly action?: Action
  readonly round?: number
  readonly attempt?: number
  readonly outcome?: Outcome
  readonly reason?: Reason
  /** What the participant tells readers, merged into the order's `payment` or `shipment`. */
  readonly payment?: Readonly<Record<string, unknown>>
  readonly shipment?: Readonly<Record<string, unknown>>
  /** In a rejection that is not the end: so long another try may be asked for. */
  readonly retryUntil?: string
  /** Why the order fails; in the first event that says so. */
  readonly failure?: Failure
  /** Present whenever the flag may have changed. */
  readonly needsAttention?: boolean
  /** An operator's words. */
  readonly note?: string
  readonly resolution?: 'retry' | 'doneByHand' | 'answered'
  /** Names a resolution that another admin has to approve. */
  readonly resolutionNumber?: number
  /** The new one, in `order.deadline_changed`. */
  readonly deadlineAt?: string
  /** In every `return.*` event: the return as it is after it. */
  readonly return?: ReturnView
  readonly asks?: readonly Ask[]
  /** With every ask: the whole order. */
  readonly order?: Order
  /** In `order.placed` only. */
  readonly plan?: Plan
  readonly fingerprint?: string
}

/** An event as the workflow makes it. The same id always means the same content. */
export type OrderEvent = {
  /** `<orderId>:<sequence>`, or `returns:<orderId>:<sequence>` */
  readonly id: string
  readonly type: EventType
  readonly orderId: OrderId
  /** 1, 2, 3 ... per order, and once more for its returns, without gaps. */
  readonly sequence: number
  /** RFC 3339, UTC; the time of the message that caused it, never earlier than the event before. */
  readonly time: string
  /** W3C trace context of the request that placed the order. */
  readonly traceparent?: string
  readonly data: OrderEventData
}

/** Whose events these are: the order's own, or those of its returns, which count their own sequence. */
export const subjectOf = (orderId: string, type: string): string =>
  type.startsWith('return.') ? `returns:${orderId}` : orderId

/** @param subject the order's id, or `returns:<orderId>`. */
export const eventId = (subject: string, sequence: number): string => `${subject}:${sequence}`
