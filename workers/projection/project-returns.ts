import { type Kysely, sql } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import type { OrdersTables } from './tables.ts'
import { tellMetrics } from './tell-metrics.ts'
import { writeEvents } from './write-events.ts'

/**
 * Writes a batch of `return.*` events into their timeline and the rows of the returns. Each event carries the return as
 * it is after it, so nothing is read, and the newer one wins.
 */
export async function projectReturns(
  database: Kysely<OrdersTables>,
  events: readonly ReceivedEvent[],
  { measured = false } = {},
): Promise<void> {
  if (events.length === 0) return
  const allNew = await writeEvents(database, 'return_event', events)
  const tell = measured ? await tellMetrics(database, events, { of: 'order_return', allNew }) : undefined
  const inOrder = events.toSorted((a, b) => a.sequence - b.sequence) // a repetition may come late
  const newest = new Map(inOrder.map((event) => [`${event.orderId}:${event.data.return?.number}`, event]))
  const customers = await customersOf(database, events)
  const rows = [...newest.values()].flatMap(({ orderId, sequence, data }) => {
    const [told, customer] = [data.return, customers.get(orderId)]
    if (told === undefined) return []
    // the topic has an order's own events first, on the same partition
    if (customer === undefined) throw new Error(`a return of ${orderId}, of which no event was seen`)
    return [
      {
        order_id: orderId,
        number: told.number,
        customer_id: customer,
        status: told.status,
        needs_attention: told.needsAttention ? 1 : 0,
        requested_at: new Date(told.requestedAt),
        version: sequence,
        body: JSON.stringify(told),
      },
    ]
  })
  const newer = (column: string) => sql`IF(VALUES(version) > version, VALUES(${sql.ref(column)}), ${sql.ref(column)})`
  const changing = ['status', 'needs_attention', 'body', 'version'] as const // version last: the others compare with it
  await database
    .insertInto('order_return')
    .values(rows)
    .onDuplicateKeyUpdate(Object.fromEntries(changing.map((column) => [column, newer(column)])))
    .execute()
  tell?.()
}

async function customersOf(
  database: Kysely<OrdersTables>,
  events: readonly ReceivedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(events.map(({ orderId }) => orderId as string))]
  const rows = await database.selectFrom('orders').select(['id', 'customer_id']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, customer_id: customer }) => [id, customer]))
}
