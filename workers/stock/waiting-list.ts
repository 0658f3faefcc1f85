import type { Kysely } from 'kysely'
import type { StockTables } from './tables.ts'

/** An order that waits for goods of one SKU, and what it gets of them when its turn comes. */
export type QueuedLine = {
  readonly place: number
  readonly orderId: string
  readonly quantity: number
  readonly since: string
}

/** Who waits for a SKU, whose turn is first on top; at most `limit`, beginning behind `after`. */
export async function listQueue(
  database: Kysely<StockTables>,
  sku: string,
  limit: number,
  after = -1,
): Promise<readonly QueuedLine[]> {
  const rows = await database
    .selectFrom('backorder_line')
    .innerJoin('reservation', (join) =>
      join
        .onRef('reservation.order_id', '=', 'backorder_line.order_id')
        .onRef('reservation.step', '=', 'backorder_line.step'),
    )
    .select(['place', 'backorder_line.order_id', 'quantity', 'updated_at'])
    .where('sku', '=', sku)
    .where('place', '>', after)
    .orderBy('place')
    .limit(limit)
    .execute()
  return rows.map(({ place, order_id: orderId, quantity, updated_at: since }) => ({
    place: Number(place),
    orderId,
    quantity,
    since: since.toISOString(),
  }))
}
