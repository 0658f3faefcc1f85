import { type Kysely, sql } from 'kysely'
import type { PaymentTables } from './tables.ts'

/** A payment that the provider's book tells otherwise. */
export type BookDifference = { readonly orderId: string; readonly ours: string; readonly theirs: string }

/**
 * Where the simulator's own book and ours contradict each other, and what it holds or took that we know nothing of. A
 * payment with a task under way is left out: its outcome is not told yet. Other providers' books are not at hand.
 */
export async function checkProvider(database: Kysely<PaymentTables>): Promise<readonly BookDifference[]> {
  const { rows } = await sql<BookDifference>`
    SELECT p.order_id AS orderId, ${told('p', sql`p.refunded_minor`)} AS ours,
      IF(s.state IS NULL, 'nothing', ${told('s', sql`s.refunded_minor`)}) AS theirs
    FROM payment p
    LEFT JOIN simulated_payment s ON s.\`key\` = CONCAT(p.order_id, ':', p.step, ':perform:', p.round)
    WHERE p.provider = 'simulator' AND NOT ${underWay(sql`p.order_id`)} AND (
      (p.state IN ('authorized', 'captured') AND (s.state IS NULL OR s.state <> p.state
        OR s.amount_minor <> p.amount_minor OR s.currency <> p.currency OR s.refunded_minor <> p.refunded_minor))
      OR (p.state IN ('declined', 'voided') AND COALESCE(s.state, 'voided') NOT IN ('declined', 'voided')))
    UNION ALL
    SELECT SUBSTRING_INDEX(s.\`key\`, ':', 1), 'nothing', ${told('s', sql`s.refunded_minor`)}
    FROM simulated_payment s
    LEFT JOIN payment p ON p.order_id = SUBSTRING_INDEX(s.\`key\`, ':', 1)
      AND s.\`key\` = CONCAT(p.order_id, ':', p.step, ':perform:', p.round)
    WHERE s.state IN ('pending', 'authorized', 'captured') AND p.order_id IS NULL
      AND NOT ${underWay(sql`SUBSTRING_INDEX(s.\`key\`, ':', 1)`)}`.execute(database)
  return rows
}

const told = (table: 'p' | 's', refunded: ReturnType<typeof sql>) =>
  sql`CONCAT(${sql.ref(`${table}.state`)}, ' ', ${sql.ref(`${table}.amount_minor`)}, ' ', ${sql.ref(`${table}.currency`)}, ', refunded ', ${refunded})`

const underWay = (orderId: ReturnType<typeof sql>) =>
  sql`EXISTS (SELECT 1 FROM task t WHERE t.order_id = ${orderId} AND t.state = 'open')`
