import type { OrderStatus } from '../../domain/order.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { orderRows } from '../timelines.ts'

/** What the services may keep of an order that has ended so; an order under way may be anywhere. */
const mayKeep: Readonly<
  Partial<Record<OrderStatus, { readonly stock: readonly string[]; readonly payment: readonly string[] }>>
> = {
  delivered: { stock: ['committed', 'held'], payment: ['captured'] },
  cancelled: { stock: ['released'], payment: ['voided', 'declined'] },
  rejected: { stock: ['released'], payment: ['voided', 'declined'] },
}

const atOnce = 200

export const endings: Invariant = {
  name: 'endings',
  asks: 'Is a delivered order paid and its goods gone, one that was undone neither, and money back only by a return?',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    let batch: { readonly id: string; readonly status: OrderStatus }[] = []
    for await (const { id, status } of orderRows(context, 'all')) {
      if (mayKeep[status] === undefined) continue
      looked += 1
      batch.push({ id, status })
      if (batch.length < atOnce) continue
      findings.push(...(await judge(context, batch)))
      batch = []
    }
    return { looked, findings: [...findings, ...(await judge(context, batch))] }
  },
}

type Ended = { readonly id: string; readonly status: OrderStatus }

async function judge({ stock, payment, orders }: Context, batch: readonly Ended[]): Promise<readonly Finding[]> {
  if (batch.length === 0) return []
  const ids = batch.map(({ id }) => id)
  const [goods, money, returns] = await Promise.all([
    stock.selectFrom('reservation').select(['order_id', 'step', 'state']).where('order_id', 'in', ids).execute(),
    payment.selectFrom('payment').selectAll().where('order_id', 'in', ids).execute(),
    orders.selectFrom('order_return').select(['order_id', 'status']).where('order_id', 'in', ids).execute(),
  ])
  return batch.flatMap(({ id, status }) => {
    const may = mayKeep[status]
    const wrong = [
      ...goods
        .filter((row) => row.order_id === id && row.state !== 'returned' && may?.stock.includes(row.state) === false)
        .map(({ state }) => `its goods are ${state}`),
      ...money
        .filter((row) => row.order_id === id)
        // undone by hand after a capture is booked as a refund of the whole
        .filter((row) => status === 'delivered' || row.captured_minor === 0 || row.refunded_minor < row.captured_minor)
        .filter((row) => may?.payment.includes(row.state) === false)
        .map(({ state }) => `its payment is ${state}`),
      ...money
        .filter((row) => row.order_id === id && status === 'delivered' && row.refunded_minor > 0)
        .filter(() => !returns.some((one) => one.order_id === id && ['received', 'completed'].includes(one.status)))
        .map((row) => `${row.refunded_minor} were refunded without a return`),
    ]
    if (wrong.length === 0) return []
    const repair = `GET /v1/orders/${id}/saga and /v1/admin/orders/${id}/payments; give back or take by POST /v1/admin/orders/${id}/refunds, a stock adjustment, or at the provider`
    return [{ subject: id, orderId: id, difference: `${status}, but ${wrong.join(' and ')}`, repair }]
  })
}
