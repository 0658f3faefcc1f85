import { actions } from '../../domain/saga/event.ts'
import { askKey } from '../../workers/participant/asks.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { orderPages } from '../timelines.ts'

/** Who answers later tells the workflow again from time to time until it has heard; stock notes nowhere that it has. */
const noteWhenHeard = ['payment', 'shipping']
const excusedMs = 60_000

export const answers: Invariant = {
  name: 'answers',
  asks: 'Does every answer belong to something that was asked, and has its workflow heard it? (a minute is excused)',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    for await (const rows of orderPages(context, 'all')) {
      const ids = rows.map(({ id }) => id)
      const asked = await asksOf(context, ids)
      for (const answer of await answersTo(context, ids)) {
        looked += 1
        if (Date.now() - answer.answered_at.getTime() < excusedMs) continue
        const { order_id: orderId, step, round } = answer
        const action = actions.find((one) => one === answer.action) // else news of a parcel, which nobody asks for
        const wasAsked = action === undefined || asked.has(askKey(orderId, { step, action, round }))
        const faults = [
          ...(wasAsked ? [] : ['nobody asked for it']),
          ...(noteWhenHeard.includes(answer.participant) && answer.signalled_at === null
            ? [`the workflow has not heard it since ${answer.answered_at.toISOString()}`]
            : []),
        ]
        if (faults.length === 0) continue
        findings.push({
          subject: `${orderId}:${step}:${answer.action}:${round}`,
          orderId,
          difference: `${answer.participant} answered ${step}/${answer.action}, but ${faults.join(' and ')}`,
          repair: `Compare GET /v1/orders/${orderId}/saga with the row of ${answer.participant}’s table answer; see that its worker runs and reaches Temporal`,
        })
      }
    }
    return { looked, findings }
  },
}

async function asksOf({ orders }: Context, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const read = (table: 'order_event' | 'return_event') =>
    orders.selectFrom(table).select(['order_id', 'data']).where('order_id', 'in', ids).execute()
  const events = (await Promise.all([read('order_event'), read('return_event')])).flat()
  return new Set(events.flatMap(({ order_id, data }) => (data.asks ?? []).map((ask) => askKey(order_id, ask))))
}

async function answersTo({ stock, payment, shipping }: Context, ids: readonly string[]) {
  const columns = ['order_id', 'step', 'action', 'round', 'answered_at', 'signalled_at'] as const
  const by =
    (participant: string) =>
    <Row>(rows: readonly Row[]) =>
      rows.map((row) => ({ ...row, participant }))
  const found = await Promise.all([
    stock.selectFrom('answer').select(columns).where('order_id', 'in', ids).execute().then(by('stock')),
    payment.selectFrom('answer').select(columns).where('order_id', 'in', ids).execute().then(by('payment')),
    shipping.selectFrom('answer').select(columns).where('order_id', 'in', ids).execute().then(by('shipping')),
  ])
  return found.flat()
}
