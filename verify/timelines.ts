import { openStatuses } from '../domain/order.ts'
import type { OrderEvent } from '../domain/saga/event.ts'
import type { Saga } from '../domain/saga/state.ts'
import { foldSaga } from '../domain/saga/view.ts'
import { listEvents, type OrderRow } from '../workers/projection/queries.ts'
import type { Context } from './context.ts'

/** An order with its events and what the saga makes of them. */
export type Timeline = { readonly row: OrderRow; readonly events: readonly OrderEvent[]; readonly saga: Saga }

const pageSize = 200

/** Every order, or the one that is asked for, by its id. */
export async function* orderRows({ orders, orderId }: Context, which: 'all' | 'open'): AsyncGenerator<OrderRow> {
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
    yield* rows
    const last = rows.at(-1)
    if (rows.length < pageSize || last === undefined) return
    after = last.id
  }
}

/** What has a hole is left out: that it has one is found by comparing it with the topic. */
export async function* timelines(context: Context, which: 'all' | 'open' = 'all'): AsyncGenerator<Timeline> {
  for await (const row of orderRows(context, which)) {
    const events = await listEvents(context.orders, row.id, 'all')
    if (events.some(({ sequence }, index) => sequence !== index + 1)) continue
    const saga = foldSaga(events)
    if (saga !== undefined) yield { row, events, saga }
  }
}
