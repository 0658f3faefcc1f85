import type { Kysely } from 'kysely'
import type { ParticipantTables, RunnerTables } from './tables.ts'

/** What the saga was told about an order, first to last. */
export const listAnswers = <Tables extends ParticipantTables>(database: Kysely<Tables>, orderId: string) =>
  // every participant's schema has this table
  (database as unknown as Kysely<ParticipantTables>)
    .selectFrom('answer')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('answered_at')
    .orderBy('step')
    .orderBy('action')
    .execute()

/** The calls to the outside that an order needed, in the order in which they were asked for. */
export const listTasks = <Tables extends RunnerTables>(database: Kysely<Tables>, orderId: string) =>
  // every runner's schema has this table
  (database as unknown as Kysely<RunnerTables>)
    .selectFrom('task')
    .select(['step', 'action', 'round', 'sequence', 'state', 'due_at', 'lease_until', 'fence', 'ask', 'last_error'])
    .where('order_id', '=', orderId)
    .orderBy('sequence')
    .execute()
