import { isOver } from '../../domain/order.ts'
import type { Context } from '../context.ts'
import { endingFaults, type Kept } from '../ending-faults.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { type Timeline, timelinePages } from '../timelines.ts'

export const endings: Invariant = {
  name: 'endings',
  asks: 'Is what was delivered paid and gone, what was undone neither, and money paid back only by a return?',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    for await (const page of timelinePages(context)) {
      const ended = page.filter(({ saga }) => isOver(saga.status))
      looked += ended.length
      if (ended.length > 0) findings.push(...(await judge(context, ended)))
    }
    return { looked, findings }
  },
}

async function judge(context: Context, ended: readonly Timeline[]): Promise<readonly Finding[]> {
  const kept = await readKept(
    context,
    ended.map(({ row }) => row.id),
  )
  return ended.flatMap(({ row: { id }, saga }) => {
    const faults = endingFaults(saga, kept(id))
    if (faults.length === 0) return []
    const repair = `Compare GET /v1/orders/${id}/saga with /v1/admin/orders/${id}/payments; give back by POST /v1/admin/orders/${id}/refunds or a stock adjustment, and take what is owed at the provider`
    return [{ subject: id, orderId: id, difference: `${saga.status}, but ${faults.join(' and ')}`, repair }]
  })
}

async function readKept(
  { stock, payment, shipping, orders }: Context,
  ids: readonly string[],
): Promise<(id: string) => Kept> {
  const [reservations, payments, shipments, returns] = await Promise.all([
    stock.selectFrom('reservation').select(['order_id', 'step', 'state']).where('order_id', 'in', ids).execute(),
    payment
      .selectFrom('payment')
      .select(['order_id', 'step', 'state', 'captured_minor as capturedMinor'])
      .select(['refunded_minor as refundedMinor', 'currency'])
      .where('order_id', 'in', ids)
      .execute(),
    shipping.selectFrom('shipment').select(['order_id', 'step', 'state']).where('order_id', 'in', ids).execute(),
    orders.selectFrom('order_return').select(['order_id', 'status', 'body']).where('order_id', 'in', ids).execute(),
  ])
  return (id) => {
    const its = <Row extends { readonly order_id: string }>(rows: readonly Row[]) =>
      rows.filter((row) => row.order_id === id)
    return {
      reservations: its(reservations),
      payments: its(payments),
      shipments: its(shipments),
      returns: its(returns).map(({ status, body: { amount, refunded } }) => ({
        status,
        amountMinor: amount.amountMinor,
        refunded,
      })),
    }
  }
}
