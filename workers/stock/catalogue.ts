import { type Kysely, sql, type Transaction } from 'kysely'
import type { Money } from '../../domain/money.ts'
import { inTransaction } from '../../platform/transactions.ts'
import type { ProductTable, StockTables } from './tables.ts'

type Database = Kysely<StockTables>

export type Product = {
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly price: Money
  /** What can be ordered now. */
  readonly available: number
}

export type NewProduct = Omit<Product, 'available'> & { readonly lowStockThreshold?: number | undefined }

export type ProductChange = {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly price?: Money | undefined
  readonly archived?: boolean | undefined
  /** Available below it is low; 0 is never. */
  readonly lowStockThreshold?: number | undefined
}

/** What an order takes over from a product when it is placed. */
export type Offer = { readonly sku: string; readonly name: string; readonly price: Money }

/** Products that are sold, by SKU; at most `limit`, beginning after `after`. */
export async function listProducts(database: Database, limit: number, after = ''): Promise<readonly Product[]> {
  const rows = await database
    .selectFrom(soldProducts)
    .leftJoin('stock_level', 'stock_level.sku', 'product.sku')
    .select(columns)
    .where('archived', '=', 0)
    .where('product.sku', '>', after)
    .orderBy('product.sku')
    .limit(limit)
    .execute()
  return rows.map(asProduct)
}

/** @returns undefined for an archived product, unless those count too. */
export async function findProduct(database: Database, sku: string, archivedToo = false): Promise<Product | undefined> {
  const query = products(database).where('product.sku', '=', sku)
  const row = await (archivedToo ? query : query.where('archived', '=', 0)).executeTakeFirst()
  return row && asProduct(row)
}

/** Name and price of those of the SKUs that are sold. */
export async function findOffers(database: Database, skus: readonly string[]): Promise<ReadonlyMap<string, Offer>> {
  if (skus.length === 0) return new Map()
  const rows = await database
    .selectFrom('product')
    .select(['sku', 'name', 'price_minor', 'currency'])
    .where('sku', 'in', skus)
    .where('archived', '=', 0)
    .execute()
  return new Map(
    rows.map(({ sku, name, price_minor, currency }) => [
      sku,
      { sku, name, price: { amountMinor: price_minor, currency } },
    ]),
  )
}

/** Creates it with nothing in stock. @returns false where the SKU is taken, by an archived product too. */
export async function createProduct(database: Database, product: NewProduct): Promise<boolean> {
  return inTransaction(database, (tx) => createProductWithin(tx, product))
}

/** As `createProduct`, as part of something larger. */
export async function createProductWithin(tx: Transaction<StockTables>, product: NewProduct): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('product')
    .ignore()
    .values({
      sku: product.sku,
      name: product.name,
      description: product.description,
      price_minor: product.price.amountMinor,
      currency: product.price.currency,
    })
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  // every product has a level, so whoever changes one never has to make it
  const level = { sku: product.sku, available: 0, reserved: 0, low_stock_threshold: product.lowStockThreshold ?? 0 }
  await tx.insertInto('stock_level').ignore().values(level).execute()
  return true
}

/** Orders that were placed keep their prices and names. @returns false where there is no such product. */
export async function changeProduct(
  database: Kysely<StockTables>,
  sku: string,
  { lowStockThreshold, ...change }: ProductChange,
): Promise<boolean> {
  const columnsToo = Object.values(change).some((value) => value !== undefined)
  const { numUpdatedRows: levels } =
    lowStockThreshold === undefined
      ? { numUpdatedRows: undefined }
      : await database
          .updateTable('stock_level')
          .set({ low_stock_threshold: lowStockThreshold })
          .where('sku', '=', sku)
          .executeTakeFirstOrThrow()
  if (!columnsToo) return levels === 1n
  const { numUpdatedRows } = await database
    .updateTable('product')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.description !== undefined && { description: change.description }),
      ...(change.price && { price_minor: change.price.amountMinor, currency: change.price.currency }),
      ...(change.archived !== undefined && { archived: change.archived ? 1 : 0 }),
    })
    .where('sku', '=', sku)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

const columns = ['product.sku', 'name', 'description', 'price_minor', 'currency', 'available', 'backordered'] as const

const products = (database: Database) =>
  database.selectFrom('product').leftJoin('stock_level', 'stock_level.sku', 'product.sku').select(columns)

/** Names its index, as the database would rather walk over the archived products by their SKUs. */
const soldProducts = sql<ProductTable>`product`.as<'product'>(sql`product FORCE INDEX (sold)`)

type Row = {
  sku: string
  name: string
  description: string
  price_minor: number
  currency: string
  available: number | null
  backordered: number | null
}

const asProduct = ({ sku, name, description, price_minor, currency, available, backordered }: Row): Product => ({
  sku,
  name,
  description,
  price: { amountMinor: price_minor, currency },
  available: Math.max(0, (available ?? 0) - (backordered ?? 0)),
})
