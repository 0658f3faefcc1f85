import { type Kysely, sql } from 'kysely'
import { isSettled, orderStatuses } from '../../domain/order.ts'
import type { OrdersTables } from './tables.ts'

const unsettled = orderStatuses.filter((status) => !isSettled(status))

/** How many orders are placed and not settled. It is read from an index alone and ends at `most`. */
export async function countUnsettled(database: Kysely<OrdersTables>, most: number): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    SELECT COUNT(*) AS count FROM (
      SELECT status FROM orders FORCE INDEX (newest_by_status) WHERE status IN (${sql.join(unsettled)}) LIMIT ${most}
    ) AS unsettled`.execute(database)
  return Number(rows[0]?.count ?? 0)
}

/** How many orders wait for a person: few, and told by an index alone. */
export async function countAttention(database: Kysely<OrdersTables>): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    SELECT COUNT(*) AS count FROM orders FORCE INDEX (newest_by_attention) WHERE needs_attention = 1`.execute(database)
  return Number(rows[0]?.count ?? 0)
}

/** The same of returns: only one whose goods or money are under way can wait, and there are few of those. */
export async function countReturnsAttention(database: Kysely<OrdersTables>): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    SELECT COUNT(*) AS count FROM order_return FORCE INDEX (newest_by_status)
    WHERE status = 'received' AND needs_attention = 1`.execute(database)
  return Number(rows[0]?.count ?? 0)
}
