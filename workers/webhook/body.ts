import type { Actor } from '../../domain/order.ts'
import { type OrderEvent, type OrderEventData, subjectOf } from '../../domain/saga/event.ts'
import { dataschemaOf } from '../../events/envelope.ts'

/** What a customer is told of an event; what is not named here stays inside, also what is added to events later. */
const forCustomers = [
  'status',
  'step',
  'action',
  'outcome',
  'reason',
  'payment',
  'shipment',
  'retryUntil',
  'failure',
  'needsAttention',
  'return',
] as const satisfies readonly (keyof OrderEventData)[]

const ofTheShop: ReadonlySet<Actor['kind']> = new Set(['support', 'admin', 'program'])

/** Those who see all orders may look up the data's schema; what others are sent is less than it has. */
export type Reader =
  { readonly sees: 'all'; /** Where the API is. */ readonly publicUrl: string } | { readonly sees: 'own' }

/**
 * The event as CloudEvents 1.0 in JSON, as it is on the topic. Whoever sees all orders is sent all of it. A customer is
 * sent what they are told of their own order elsewhere: nothing of how the saga is built, of who of the shop's staff
 * acted, or of where the address is kept.
 */
export function bodyOf(event: OrderEvent, reader: Reader): string {
  const { id, type, orderId, sequence, time, data } = event
  return JSON.stringify({
    specversion: '1.0',
    id,
    type,
    source: '/orders',
    subject: subjectOf(orderId, type),
    time,
    sequence: String(sequence),
    ...(reader.sees === 'all' && { dataschema: new URL(dataschemaOf(type), reader.publicUrl).href }),
    datacontenttype: 'application/json',
    orderid: orderId,
    data: reader.sees === 'all' ? data : told(data),
  })
}

function told(data: OrderEventData) {
  const { actor, order } = data
  const own = Object.fromEntries(forCustomers.flatMap((name) => (name in data ? [[name, data[name]]] : [])))
  return {
    ...own,
    actor: ofTheShop.has(actor.kind) ? { kind: actor.kind } : actor,
    ...(order && { order: { id: order.id, lines: order.lines, total: order.total, placedAt: order.placedAt } }),
  }
}

/** For a test delivery: no order has this id. */
export const testBody = (eventId: string, now: Date): string =>
  JSON.stringify({
    specversion: '1.0',
    id: eventId,
    type: testType,
    source: '/webhook-endpoints',
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data: { message: 'A test: nothing happened to any order' },
  })

export const testType = 'webhook.test'
