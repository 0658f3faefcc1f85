import { type Kysely, sql } from 'kysely'
import type { StockTables } from './tables.ts'

/** A product's level as the staff sees it. */
export type StockItem = {
  readonly sku: string
  readonly name: string
  readonly onHand: number
  readonly reserved: number
  readonly available: number
  /** What waiting orders want, in sum. */
  readonly backordered: number
  /** Available below it is low; 0 is never. */
  readonly lowStockThreshold: number
  readonly low: boolean
}

type Page = { readonly lowOnly: boolean; readonly limit: number; readonly after?: string | undefined }

/** Levels of the products that are sold, by SKU; at most `limit`, beginning after `after`. */
export async function listStock(
  database: Kysely<StockTables>,
  { lowOnly, limit, after = '' }: Page,
): Promise<readonly StockItem[]> {
  const rows = await stockItems(database)
    .where('archived', '=', 0)
    .where('product.sku', '>', after)
    // a threshold of 0 is never undercut
    .$if(lowOnly, (query) => query.where(sql<boolean>`available < low_stock_threshold`))
    .orderBy('product.sku')
    .limit(limit)
    .execute()
  return rows.map(asItem)
}

/** @returns an archived product's too; undefined where there is no such product. */
export async function findStock(database: Kysely<StockTables>, sku: string): Promise<StockItem | undefined> {
  const row = await stockItems(database).where('product.sku', '=', sku).executeTakeFirst()
  return row && asItem(row)
}

const stockItems = (database: Kysely<StockTables>) =>
  database
    .selectFrom('product')
    .innerJoin('stock_level', 'stock_level.sku', 'product.sku')
    .select(['product.sku', 'name', 'available', 'reserved', 'backordered', 'low_stock_threshold'])

const asItem = ({
  low_stock_threshold: lowStockThreshold,
  ...level
}: Omit<StockItem, 'onHand' | 'low' | 'lowStockThreshold'> & { readonly low_stock_threshold: number }): StockItem => ({
  ...level,
  onHand: level.available + level.reserved,
  lowStockThreshold,
  low: level.available < lowStockThreshold,
})
