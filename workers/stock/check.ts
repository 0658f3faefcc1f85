import { type Kysely, sql } from 'kysely'
import type { StockTables } from './tables.ts'

/** A SKU whose books don't agree, with every number that has to be another one's equal. */
export type Disagreement = {
  readonly sku: string
  readonly available: number
  readonly ledgerAvailable: number
  readonly reserved: number
  readonly ledgerReserved: number
  readonly held: number
  readonly version: number
  readonly entries: number
  readonly backordered: number
  readonly waiting: number
  readonly queued: number
}

/**
 * Every SKU whose level is not the sum of its ledger, whose reserved is not what reservations hold, or whose queue is
 * not what waits; one without a level counts as 0. Reads everything in one consistent look; for checks, not for every
 * minute.
 */
export async function checkStock(database: Kysely<StockTables>): Promise<readonly Disagreement[]> {
  const { rows } = await sql<Record<keyof Disagreement, number | string>>`
    SELECT * FROM (
      SELECT known.sku, COALESCE(l.available, 0) AS available, COALESCE(e.available, 0) AS ledgerAvailable,
        COALESCE(l.reserved, 0) AS reserved, COALESCE(e.reserved, 0) AS ledgerReserved, COALESCE(r.held, 0) AS held,
        COALESCE(l.version, 0) AS version, COALESCE(e.entries, 0) AS entries, COALESCE(l.backordered, 0) AS backordered,
        COALESCE(r.waiting, 0) AS waiting, COALESCE(b.queued, 0) AS queued
      FROM (
        SELECT sku FROM stock_level UNION SELECT DISTINCT sku FROM stock_ledger UNION SELECT sku FROM backorder_line
        UNION SELECT i.sku FROM reservation_line i JOIN reservation h ON h.order_id = i.order_id AND h.step = i.step
          WHERE h.state IN ('held', 'waiting')
      ) known
      LEFT JOIN stock_level l ON l.sku = known.sku
      LEFT JOIN (
        SELECT sku, SUM(available_delta) AS available, SUM(reserved_delta) AS reserved, COUNT(*) AS entries
        FROM stock_ledger GROUP BY sku
      ) e ON e.sku = known.sku
      LEFT JOIN (
        SELECT i.sku, SUM(IF(h.state = 'held', i.quantity, 0)) AS held,
          SUM(IF(h.state = 'waiting', i.quantity, 0)) AS waiting
        FROM reservation_line i JOIN reservation h ON h.order_id = i.order_id AND h.step = i.step
        WHERE h.state IN ('held', 'waiting') GROUP BY i.sku
      ) r ON r.sku = known.sku
      LEFT JOIN (SELECT sku, SUM(quantity) AS queued FROM backorder_line GROUP BY sku) b ON b.sku = known.sku
    ) books
    WHERE available <> ledgerAvailable OR reserved <> ledgerReserved OR reserved <> held OR version <> entries
      OR backordered <> waiting OR backordered <> queued
    ORDER BY sku`.execute(database)
  // sums come as text, as they may exceed a number
  return rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, name === 'sku' ? value : Number(value)]),
      ) as unknown as Disagreement,
  )
}
