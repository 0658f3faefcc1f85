import type { ReceivedEvent } from '../../events/envelope.ts'
import type { OrderKind } from './kinds.ts'
import type { Facts, OrderNotice } from './notice.ts'

/** What is remembered of an order: later events carry only what is new. */
export type KnownOrder = Pick<Facts, 'total' | 'carrier' | 'trackingNumber' | 'released'> & {
  readonly customerId: string
  readonly lines: NonNullable<Facts['lines']>
}

type Event = Pick<ReceivedEvent, 'id' | 'type' | 'orderId' | 'time' | 'data'>

const kindByType: Readonly<Record<string, OrderKind>> = {
  'order.placed': 'placed',
  'order.confirmed': 'confirmed',
  'order.dispatched': 'dispatched',
  'order.delivered': 'delivered',
  'order.cancelled': 'cancelled',
  'order.rejected': 'rejected',
}

/** Types that tell something beside the messages: of a refusal, of money set free, of the parcel. */
const telling = ['order.payment_declined', 'order.payment_voided', 'order.shipment_booked'] as const
export const typesRead: ReadonlySet<string> = new Set([...Object.keys(kindByType), ...telling])

/** @returns undefined where the order's beginning is not known. */
export function learn(known: KnownOrder | undefined, { data }: Pick<Event, 'data'>): KnownOrder | undefined {
  const { order, shipment, payment } = data
  const before =
    known ??
    (order && {
      customerId: order.customerId,
      total: order.total,
      lines: order.lines.map(({ name, quantity, lineTotal }) => ({ name, quantity, lineTotal })),
    })
  if (before === undefined) return undefined
  const { carrier, trackingNumber } = shipment ?? {}
  return {
    ...before,
    ...(typeof carrier === 'string' && { carrier }),
    ...(typeof trackingNumber === 'string' && { trackingNumber }),
    ...(payment?.['status'] === 'voided' && { released: true }),
  }
}

/** A refused payment calls the customer only while another one may come. */
function kindOf({ type, data }: Event): OrderKind | undefined {
  if (type === 'order.payment_declined') return data.retryUntil === undefined ? undefined : 'needsAction'
  return kindByType[type]
}

/** What the customer is told of the event, if anything; the same event always gives the same. */
export function noticeOf(known: KnownOrder, event: Event): OrderNotice | undefined {
  const kind = kindOf(event)
  if (kind === undefined) return undefined
  const { customerId, ...order } = known
  return {
    source: event.id,
    kind,
    at: event.time,
    orderId: event.orderId,
    customerId,
    facts: factsOf(kind, order, event),
  }
}

function factsOf(kind: OrderKind, order: Omit<KnownOrder, 'customerId'>, { data }: Event): Facts {
  const { total, lines, carrier, trackingNumber, released } = order
  switch (kind) {
    case 'placed':
      return { total, lines }
    case 'dispatched':
      return {
        total,
        ...(carrier !== undefined && { carrier }),
        ...(trackingNumber !== undefined && { trackingNumber }),
      }
    case 'cancelled':
    case 'rejected': {
      const reason = data.failure?.message
      return { total, ...(released && { released }), ...(reason !== undefined && { reason }) }
    }
    case 'needsAction': {
      const { retryUntil: until, reason } = data
      return { total, ...(until !== undefined && { until }), ...(reason !== undefined && { reason: reason.message }) }
    }
    case 'confirmed':
    case 'delivered':
      return { total }
  }
}
