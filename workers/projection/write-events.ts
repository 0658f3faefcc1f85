import type { Kysely } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import type { OrdersTables } from './tables.ts'

/** Adds to a timeline; an event that is there already stays as it is. @returns whether all of them were new. */
export async function writeEvents(
  database: Kysely<OrdersTables>,
  table: 'order_event' | 'return_event',
  events: readonly ReceivedEvent[],
): Promise<boolean> {
  const rows = events.map((event) => ({
    order_id: event.orderId,
    sequence: event.sequence,
    type: event.type,
    occurred_at: new Date(event.time),
    data: JSON.stringify(event.data),
    traceparent: event.traceparent ?? null,
  }))
  const { numInsertedOrUpdatedRows } = await database.insertInto(table).ignore().values(rows).executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows) === events.length
}
