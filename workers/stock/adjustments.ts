import type { Kysely, Transaction } from 'kysely'
import type { StockTables } from './tables.ts'

export type Adjustment = {
  readonly sku: string
  readonly delta: number
  readonly reason: string
  /** Account id of the admin, or `system`. */
  readonly actor: string
}

export type Level = {
  readonly sku: string
  readonly onHand: number
  readonly reserved: number
  readonly available: number
}

export type Adjusted =
  | { readonly kind: 'adjusted'; readonly level: Level }
  | { readonly kind: 'unknownProduct' }
  /** What is reserved for orders can't be taken away. */
  | { readonly kind: 'belowReserved' }
  | { readonly kind: 'tooMuch' }

/** Far under what the column holds, so that no sum of levels overflows it. */
export const maxOnHand = 1_000_000_000

/** Changes what is on hand and keeps who did it and why; both or neither. */
export async function adjustStock(database: Kysely<StockTables>, adjustment: Adjustment): Promise<Adjusted> {
  return database.transaction().execute((tx) => adjustStockWithin(tx, adjustment))
}

/** As `adjustStock`, as part of something larger. */
export async function adjustStockWithin(tx: Transaction<StockTables>, adjustment: Adjustment): Promise<Adjusted> {
  const { sku, delta } = adjustment
  const product = await tx.selectFrom('product').select('sku').where('sku', '=', sku).executeTakeFirst()
  if (product === undefined) return { kind: 'unknownProduct' }
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set((eb) => ({ available: eb('available', '+', delta) }))
    .where('sku', '=', sku)
    .where((eb) => eb(eb('available', '+', delta), '>=', 0))
    .where((eb) => eb(eb(eb('available', '+', eb.ref('reserved')), '+', delta), '<=', maxOnHand))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return { kind: delta < 0 ? 'belowReserved' : 'tooMuch' }
  await tx.insertInto('stock_adjustment').values(adjustment).execute()
  const { available, reserved } = await tx
    .selectFrom('stock_level')
    .select(['available', 'reserved'])
    .where('sku', '=', sku)
    .executeTakeFirstOrThrow()
  return { kind: 'adjusted', level: { sku, onHand: available + reserved, reserved, available } }
}
