import type { Generated, Kysely } from 'kysely'
import type { Forget } from '../../platform/forgetting.ts'
import type { ParticipantTables } from './tables.ts'

/** Of the inbox. Answers and tasks stay: they say for ever what was done. */
export const forgetEvents =
  (database: Kysely<ParticipantTables>): Forget =>
  async (before, most) => {
    const { numDeletedRows } = await database
      .deleteFrom('inbox')
      .where('received_at', '<', before)
      .orderBy('received_at')
      .limit(most)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }

/** What the tables of webhooks received have in common, with an index on these two. */
export type ReceivedTables = { webhook_event: { state: string; received_at: Generated<Date> } }

/** Of one state; what protects us from one that comes again, each service says itself. */
export const forgetReceived =
  (database: Kysely<ReceivedTables>, state: string): Forget =>
  async (before, most) => {
    const { numDeletedRows } = await database
      .deleteFrom('webhook_event')
      .where('state', '=', state)
      .where('received_at', '<', before)
      .orderBy('received_at')
      .limit(most)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }
