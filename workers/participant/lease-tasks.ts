import { type Kysely, sql } from 'kysely'
import type { RunnerTables } from './tables.ts'
import type { Task } from './tasks.ts'

/**
 * Leases due tasks, in a transaction of its own that is committed before any call begins. A task waits as long as an
 * earlier one of its order is unfinished in committed data: `SKIP LOCKED` alone would let a void overtake its authorize.
 */
export async function leaseTasks(
  database: Kysely<RunnerTables>,
  limit: number,
  leaseMs: number,
): Promise<readonly Task[]> {
  const now = new Date()
  // looked for without a transaction: most of the time there is nothing
  if ((await claimable(database, now).select('t.round').limit(1).execute()).length === 0) return []
  return database.transaction().execute(async (tx) => {
    const rows = await claimable(tx, now)
      .select(['t.order_id', 't.step', 't.action', 't.round', 't.fence', 't.order_body', 't.ask', 't.traceparent'])
      .select((eb) =>
        eb
          .exists(
            eb
              .selectFrom('task as undo')
              .select('undo.round')
              .whereRef('undo.order_id', '=', 't.order_id')
              .whereRef('undo.step', '=', 't.step')
              .where('undo.action', '=', 'compensate')
              .where('undo.state', '=', 'open'),
          )
          .as('undo_waits'),
      )
      .orderBy('t.due_at')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    if (rows.length === 0) return []
    await tx
      .updateTable('task')
      .set({ lease_until: new Date(now.getTime() + leaseMs), fence: sql`fence + 1` })
      .where((eb) => eb.or(rows.map(({ order_id, step, action, round }) => eb.and({ order_id, step, action, round }))))
      .execute()
    return rows.map((row) => ({
      orderId: row.order_id,
      step: row.step,
      action: row.action,
      round: row.round,
      fence: row.fence + 1,
      undoWaits: row.action === 'perform' && Number(row.undo_waits) === 1,
      order: row.order_body,
      ask: row.ask,
      ...(row.traceparent !== null && { traceparent: row.traceparent }),
    }))
  })
}

const claimable = (database: Kysely<RunnerTables>, now: Date) =>
  database
    .selectFrom('task as t')
    .where('t.state', '=', 'open')
    .where('t.due_at', '<=', now)
    .where((eb) => eb.or([eb('t.lease_until', 'is', null), eb('t.lease_until', '<', now)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task as earlier')
            .select('earlier.round')
            .whereRef('earlier.order_id', '=', 't.order_id')
            .whereRef('earlier.sequence', '<', 't.sequence')
            .where('earlier.state', '=', 'open')
            // one refund has nothing to do with another
            .where((or) => or.or([or('t.action', '!=', 'refund'), or('earlier.step', '=', or.ref('t.step'))])),
        ),
      ),
    )
