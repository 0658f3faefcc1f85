import { randomUUID } from 'node:crypto'
import { orderStatuses } from '../../domain/order.ts'
import { anOrder } from './neighbours.ts'

/** Rows of a shop that has been open for a while. */

export const newestAt = Date.UTC(2026, 0, 1)
const customers = Array.from({ length: 500 }, () => randomUUID())
export const [regular = '', rare = ''] = customers
const template = anOrder()
const isStuck = (age: number): boolean => age % 97 === 7

/** The newest, and here and there one that nobody answers. */
export const waits = (age: number): boolean => age < 200 || age % 1000 === 500

/** The newest are under way, a few old ones are stuck, nearly all others are delivered. */
function statusOf(age: number) {
  if (age < 200) return orderStatuses[age % 4] ?? 'placed'
  if (isStuck(age)) return age % 2 === 0 ? 'failing' : 'cancelling'
  // one was ended by a projection that knew of no waits
  if (waits(age)) return age === 19_500 ? 'delivered' : 'processing'
  return age % 25 === 1 ? 'rejected' : 'delivered'
}

export function orderRow(age: number) {
  // one customer has a tenth of all
  const customer = age % 10 === 3 ? regular : (customers[age % customers.length] ?? rare)
  const order = { ...template, id: randomUUID(), customerId: customer }
  const at = new Date(newestAt - age * 1000)
  return {
    id: order.id,
    customer_id: customer,
    status: statusOf(age),
    needs_attention: isStuck(age) ? 1 : 0,
    placed_at: at,
    updated_at: at,
    version: 1,
    fingerprint: 'f'.repeat(43),
    body: JSON.stringify(order),
    cancellation_refused: 0,
    waiting_for: waits(age) ? (age % 2 === 0 ? 'payment,stock' : 'shipping') : '',
    waiting_since: waits(age) ? at : null,
  }
}

export const eventsOf = ({ id, placed_at }: { readonly id: string; readonly placed_at: Date }) =>
  ['order.placed', 'order.stock_reserved'].map((type, index) => ({
    order_id: id,
    sequence: index + 1,
    type,
    occurred_at: placed_at,
    data: '{"status":"processing"}',
  }))

/** Half of all orders have the one, each hundredth has the other. */
export const linesOf = ({ id, customer_id, placed_at }: ReturnType<typeof orderRow>, n: number) =>
  [...(n % 2 === 0 ? ['COMMON'] : []), ...(n % 100 === 5 ? ['SELDOM'] : []), `ONLY-${n % 1000}`].map((sku) => ({
    sku,
    placed_at,
    order_id: id,
    customer_id,
  }))

/** Few wait to be decided. */
export const returnOf = ({ id, customer_id, placed_at }: ReturnType<typeof orderRow>, n: number) => ({
  order_id: id,
  number: 1,
  customer_id,
  status: n % 500 === 0 ? ('requested' as const) : ('completed' as const),
  needs_attention: 0,
  requested_at: placed_at,
  version: 1,
  body: '{}',
})
