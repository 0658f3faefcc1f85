import type { Kysely } from 'kysely'
import type { MessageState, NotificationTables } from './tables.ts'

export type Wanted = {
  readonly orderId?: string | undefined
  readonly customerId?: string | undefined
  readonly status?: MessageState | undefined
  /** Older than the message of this id. */
  readonly before?: number | undefined
  readonly limit: number
}

/** Newest first. */
export async function listMessages(database: Kysely<NotificationTables>, wanted: Wanted) {
  const { orderId, customerId, status, before, limit } = wanted
  return database
    .selectFrom('message')
    .selectAll()
    .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId ?? ''))
    .$if(customerId !== undefined, (query) => query.where('customer_id', '=', customerId ?? ''))
    .$if(status !== undefined, (query) => query.where('state', '=', status ?? 'queued'))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
