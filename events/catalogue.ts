import type { returnEventTypes } from '../domain/returns/event-types.ts'
import type { sagaEventTypes } from '../domain/saga/event.ts'
import type { orderEventDataSchema } from './contract.ts'

export type Field = keyof typeof orderEventDataSchema.shape

/** What a reader may expect of one type of event. `status` and `actor` are in every one. */
export type EventKind = {
  /** Raised by one where a change would break a reader; the schema of the one before stays published. */
  readonly version: number
  /** When it comes. */
  readonly says: string
  /** Who is asked for what by it. */
  readonly asks?: string
  /** In every one of them. */
  readonly always: readonly Field[]
  /** In some. With `asks` comes the whole `order`. */
  readonly maybe: readonly Field[]
}

type StepEventType = `order.${
  | 'stock_reserved'
  | 'stock_rejected'
  | 'stock_committed'
  | 'stock_released'
  | 'payment_authorized'
  | 'payment_declined'
  | 'payment_captured'
  | 'capture_failed'
  | 'payment_voided'
  | 'shipment_booked'
  | 'shipment_rejected'
  | 'shipment_cancelled'
  | 'approved'
  | 'approval_refused'}`
type OrderEventType = (typeof sagaEventTypes)[number] | StepEventType
type ReturnEventType = (typeof returnEventTypes)[number]

const asking = ['asks', 'order'] as const
const told = ['reason', 'note', 'payment', 'shipment'] as const
const next = 'the one that closes a stage: the next stage'

/** The saga's own. */
const saga = (says: string, always: readonly Field[] = [], maybe: readonly Field[] = [], asks?: string): EventKind => ({
  version: 1,
  says,
  ...(asks !== undefined && { asks }),
  always,
  maybe: [...maybe, 'needsAttention'],
})

/** A participant's answer: names the step, what was asked of it and what came of it. */
const answer = (says: string, asks?: string): EventKind =>
  saga(says, ['step', 'action', 'round', 'outcome'], [...told, 'failure', 'retryUntil', ...asking], asks)

/** Carries the whole return as it is after it. */
const ofReturn = (
  says: string,
  always: readonly Field[] = [],
  maybe: readonly Field[] = [],
  asks?: string,
): EventKind => ({
  version: 1,
  says,
  ...(asks !== undefined && { asks }),
  always: [...always, 'return'],
  maybe,
})
const settled = ['step', 'action', 'round', 'outcome'] as const

/** Every type on the topic `orders`, in the order in which they are documented. */
export const orderKinds: Readonly<Record<OrderEventType | ReturnEventType, EventKind>> = {
  'order.placed': saga('the order is accepted', ['plan', 'fingerprint', ...asking], [], 'the first stage'),
  'order.approved': answer('an admin agreed to an order above the limit', 'the next stage'),
  'order.approval_refused': answer('an admin refused an order above the limit'),
  'order.stock_reserved': answer('the goods are reserved', next),
  'order.stock_rejected': answer('the goods are not there', next),
  'order.payment_authorized': answer('the money is authorized', next),
  'order.payment_declined': answer('the money was refused', next),
  'order.shipment_booked': answer('a parcel is booked at the carrier', next),
  'order.shipment_rejected': answer('no carrier takes it', next),
  'order.step_timed_out': saga(
    'a deadline passed without an answer',
    ['step', 'action', 'outcome', 'reason'],
    ['round', 'attempt', 'failure', 'retryUntil', ...asking],
    'of an undo, commit or capture: asked again',
  ),
  'order.payment_method_changed': saga(
    'after a decline the order goes on with another payment method',
    ['payment', ...asking],
    [],
    'the declined step, as a new round',
  ),
  'order.confirmed': saga('every step has succeeded; the parcel may leave'),
  'order.dispatched': saga('the carrier has the parcel', asking, ['shipment'], 'stock to commit, payment to capture'),
  'order.stock_committed': answer('the reserved goods have left the books'),
  'order.payment_captured': answer('the money is taken'),
  'order.capture_failed': answer('the capture was refused', 'payment again, unless it was the last try'),
  'order.delivered': saga('over: delivered, with commit and capture proven', [], ['shipment']),
  'order.cancellation_requested': saga('the cancellation was accepted', ['reason'], ['note']),
  'order.cancellation_refused': saga(
    'the parcel could not be called back: the order goes on',
    [],
    [...settled, ...told],
  ),
  'order.compensation_requested': saga('steps are to be undone', asking, ['failure'], 'the steps of one stage'),
  'order.stock_released': answer('the reservation is undone', 'the steps of the stage before'),
  'order.payment_voided': answer('the authorization is undone', 'the steps of the stage before'),
  'order.shipment_cancelled': answer('the booking is undone', 'the steps of the stage before'),
  'order.needs_attention': saga(
    'a person is needed',
    ['needsAttention'],
    ['step', 'action', 'round', 'attempt', 'outcome', ...told],
  ),
  'order.attention_resolved': saga(
    'nobody is needed any more, or a person had it tried again',
    ['resolution'],
    ['step', 'action', 'round', 'outcome', ...told, ...asking],
    'a retry: the step',
  ),
  'order.resolution_requested': saga('an admin says that something was done by hand; another one has to agree', [
    'step',
    'action',
    'resolution',
    'resolutionNumber',
    'note',
  ]),
  'order.resolution_approved': saga(
    'what was done by hand counts',
    ['step', 'action', 'resolution', ...asking],
    ['resolutionNumber', 'note'],
    'the step, to remember it as done',
  ),
  'order.deadline_changed': saga('an admin moved a running deadline', ['step', 'action', 'deadlineAt', 'note']),
  'order.resumed': saga(
    'a lost order goes on in a new workflow',
    ['note'],
    asking,
    'steps that had not answered: again',
  ),
  'order.cancelled': saga('over: cancelled, everything undone'),
  'order.rejected': saga('over: it failed, everything undone', ['failure']),
  'return.requested': ofReturn('somebody wants to send something back or have money back', [], ['note']),
  'return.approved': ofReturn('the shop agreed', [], ['note']),
  'return.declined': ofReturn('the shop refused', [], ['note']),
  'return.goods_received': ofReturn('the goods are back', asking, ['note'], 'stock to restock, payment to refund'),
  'return.refund_requested': ofReturn('money alone is paid back', asking, ['note'], 'payment to refund'),
  'return.restocked': ofReturn('the goods are on the shelf', settled, told),
  'return.restock_failed': ofReturn(
    'stock refused',
    settled,
    [...told, ...asking],
    'again, unless it was the last try',
  ),
  'return.refunded': ofReturn('the money is paid back', settled, told),
  'return.refund_failed': ofReturn(
    'the refund was refused',
    settled,
    [...told, ...asking],
    'again, unless it was the last try',
  ),
  'return.step_timed_out': ofReturn(
    'not answered in time',
    settled,
    [...told, ...asking],
    'again, unless it was the last try',
  ),
  'return.needs_attention': ofReturn('a person is needed', settled, told),
  'return.attention_resolved': ofReturn(
    'a person had it tried again',
    ['step', 'action', 'round', 'resolution', ...asking],
    ['note'],
    'the step',
  ),
  'return.completed': ofReturn('over: restocked and refunded, both proven'),
}

type StockKind = Pick<EventKind, 'version' | 'says'>

/** Every type on the topic `stock-levels`. */
export const stockKinds: Readonly<Record<'stock.level_changed' | 'stock.low', StockKind>> = {
  'stock.level_changed': { version: 1, says: 'a level changed; a burst is told by its last change' },
  'stock.low': { version: 1, says: 'available fell under the product’s threshold; told once each time' },
}

const kinds: Readonly<Record<string, StockKind>> = { ...orderKinds, ...stockKinds }

/** @param type steps of a test's own are in no list: their events are of the first version. */
export const versionOf = (type: string): number => (Object.hasOwn(kinds, type) ? (kinds[type]?.version ?? 1) : 1)
