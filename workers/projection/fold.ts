import type { ReceivedEvent } from '../../events/envelope.ts'
import type { Failure, Order, OrderStatus } from '../../domain/order.ts'
import { type Waits, waitsAfter } from './waits.ts'

type Details = Readonly<Record<string, unknown>>

/** An order as readers see it, before it is a row. */
export type OrderView = {
  readonly order: Order
  readonly fingerprint: string
  readonly status: OrderStatus
  readonly needsAttention: boolean
  readonly updatedAt: string
  readonly version: number
  readonly payment?: Details
  readonly shipment?: Details
  readonly failure?: Failure
  readonly cancellationRefused: boolean
  readonly waits?: Waits
}

/**
 * Folds one event into the view. An event that was folded in before changes nothing; one that skips a sequence is an
 * error, since the topic has no gaps per order.
 * @throws if an event is missing before this one.
 */
export function fold(view: OrderView | undefined, event: ReceivedEvent): OrderView {
  const { data, sequence, time } = event
  if (view !== undefined && sequence <= view.version) return view
  if (sequence !== (view?.version ?? 0) + 1) {
    throw new Error(`${event.id} follows ${view?.version ?? 0}: an event is missing`)
  }
  const { waits: waited, ...before } = view ?? firstView(event)
  const waits = waitsAfter(view && { status: view.status, waits: waited }, data, time)
  return {
    ...before,
    ...(data.order && { order: data.order }), // as it is now: a payment method may change
    status: data.status,
    needsAttention: data.needsAttention ?? before.needsAttention,
    updatedAt: time,
    version: sequence,
    ...(data.payment && { payment: { ...before.payment, ...data.payment } }),
    ...(data.shipment && { shipment: { ...before.shipment, ...data.shipment } }),
    ...(data.failure && before.failure === undefined && { failure: data.failure }),
    cancellationRefused: before.cancellationRefused || event.type === 'order.cancellation_refused',
    ...(waits && { waits }),
  }
}

function firstView({ id, data, time }: ReceivedEvent): OrderView {
  if (data.order === undefined) throw new Error(`${id} is the first event of its order and does not carry it`)
  return {
    order: data.order,
    fingerprint: data.fingerprint ?? '',
    status: data.status,
    needsAttention: false,
    updatedAt: time,
    version: 0,
    cancellationRefused: false,
  }
}
