import type { Kysely } from 'kysely'
import { lanes } from '../../events/topics.ts'
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

/** What is neither sent nor given up, by lane: how many, and since when the first of them waits. */
export async function countWaiting(database: Kysely<NotificationTables>) {
  const rows = await database
    .selectFrom('message')
    .select((eb) => ['lane', eb.fn.countAll().as('count'), eb.fn.min('id').as('first')])
    // due as long as somebody has to see to it: read from the index alone, and nothing that is over
    .where('lane', 'in', [...lanes])
    .where('due_at', 'is not', null)
    .groupBy('lane')
    .execute()
  return Promise.all(
    rows.map(async ({ lane, count, first }) => {
      const row = await database.selectFrom('message').select('queued_at').where('id', '=', first).executeTakeFirst()
      return { lane, count: Number(count), oldest: row?.queued_at }
    }),
  )
}

/** What became of a campaign's messages so far. */
export const countOfCampaign = (database: Kysely<NotificationTables>, campaignId: string) =>
  database
    .selectFrom('message')
    .select((eb) => ['state', eb.fn.countAll().as('count')])
    // the beginning of the unique key
    .where('source', 'like', `${campaignId}:%`)
    .groupBy('state')
    .execute()
