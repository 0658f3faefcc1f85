import { openStatuses } from '../domain/order.ts'
import type { OrderEvent } from '../domain/saga/event.ts'
import type { Saga } from '../domain/saga/state.ts'
import { foldSaga } from '../domain/saga/view.ts'
import { listEventsOf, type OrderRow } from '../workers/projection/queries.ts'
import type { Context } from './context.ts'

/** An order with its events and what the saga makes of them. */
export type Timeline = { readonly row: OrderRow; readonly events: readonly OrderEvent[]; readonly saga: Saga }

const pageSize = 200

/** Every order, or the one that is asked for, by its id and a page at a time. */
export async function* orderPages(
  { orders, orderId }: Pick<Context, 'orders' | 'orderId'>,
  which: 'all' | 'open',
): AsyncGenerator<readonly OrderRow[]> {
  let after = ''
  for (;;) {
    const rows = await orders
      .selectFrom('orders')
      .selectAll()
      .where('id', '>', after)
      .$if(orderId !== undefined, (query) => query.where('id', '=', orderId ?? ''))
      .$if(which === 'open', (query) => query.where('status', 'in', [...openStatuses]))
      .orderBy('id')
      .limit(pageSize)
      .execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < pageSize || last === undefined) return
    after = last.id
  }
}

/** What has a hole is left out: that it has one is found by comparing it with the topic. */
export async function* timelinePages(
  context: Pick<Context, 'orders' | 'orderId'>,
  which: 'all' | 'open' = 'all',
): AsyncGenerator<readonly Timeline[]> {
  for await (const rows of orderPages(context, which)) {
    const events = await listEventsOf(
      context.orders,
      rows.map(({ id }) => id),
    )
    yield rows.flatMap((row) => timelineOf(row, events.get(row.id) ?? []))
  }
}

function timelineOf(row: OrderRow, events: readonly OrderEvent[]): readonly Timeline[] {
  if (events.some(({ sequence }, index) => sequence !== index + 1)) return []
  const saga = foldSaga(events)
  return saga === undefined ? [] : [{ row, events, saga }]
}
