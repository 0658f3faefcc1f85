import type { Kysely, Transaction } from 'kysely'
import type { Money } from '../../domain/money.ts'
import { inTransaction } from '../../platform/transactions.ts'
import { countStockWithin } from './adjustments.ts'
import { changeProduct, createProductWithin, type ProductChange } from './catalogue.ts'
import { claimImport, type ImportAnswer, type ImportKey, keepImport } from './import-once.ts'
import type { StockTables } from './tables.ts'

/** A product as a table has it. What is not given stays as it is. */
export type ProductRow = {
  /** Where it stands in the table. */
  readonly line: number
  readonly sku: string
  readonly name: string
  readonly description?: string | undefined
  readonly price: Money
  /** So many are on hand: a count, not a change. */
  readonly onHand?: number | undefined
  readonly lowStockThreshold?: number | undefined
}

export type Complaint = { readonly line: number; readonly message: string }

export type ImportedProduct = {
  readonly sku: string
  readonly was: 'created' | 'changed'
  readonly what: readonly string[]
}

export type Imported =
  | ({ readonly kind: 'imported' } & ImportAnswer)
  | { readonly kind: 'refused'; readonly complaints: readonly Complaint[] }

type Behind = { readonly actor: string; readonly reason: string }

/**
 * All rows or, where one can't be, none. What a product has already is not written again. Stock is counted, so the same
 * table again takes back what was sold meanwhile.
 */
export const importProducts = (
  database: Kysely<StockTables>,
  rows: readonly ProductRow[],
  behind: Behind,
): Promise<Imported> =>
  refusable(() =>
    inTransaction(database, async (tx) => ({ kind: 'imported', ...(await importWithin(tx, rows, behind)) })),
  )

/** As `importProducts`, once under this key: then `replayed` tells what came of it. What was refused was not done. */
export const importProductsOnce = (
  database: Kysely<StockTables>,
  key: ImportKey,
  rows: readonly ProductRow[],
  behind: Behind,
): Promise<Imported | ({ readonly kind: 'replayed' } & ImportAnswer) | { readonly kind: 'keyReused' }> =>
  refusable(() =>
    inTransaction(database, async (tx) => {
      const before = await claimImport(tx, key)
      if (before !== undefined) {
        if (before.fingerprint !== key.fingerprint) return { kind: 'keyReused' } as const
        return { kind: 'replayed', ...before.answer } as const
      }
      const answer = await importWithin(tx, rows, behind)
      await keepImport(tx, key.id, answer)
      return { kind: 'imported', ...answer } as const
    }),
  )

async function refusable<Result>(work: () => Promise<Result>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', complaints: error.complaints } as const
    throw error
  }
}

async function importWithin(
  tx: Transaction<StockTables>,
  rows: readonly ProductRow[],
  behind: Behind,
): Promise<ImportAnswer> {
  // levels are locked in the order that everybody locks them in
  const sorted = rows.toSorted((a, b) => (a.sku < b.sku ? -1 : 1))
  const known = await readKnown(tx, sorted)
  const products: ImportedProduct[] = []
  const complaints: Complaint[] = []
  for (const row of sorted) {
    const before = known.get(row.sku)
    const what = before ? await update(tx, row, before) : await create(tx, row)
    if (what === 'taken') {
      complaints.push({ line: row.line, message: 'sku: somebody else created it just now; send the table again' })
      continue
    }
    const stock = await count(tx, row, behind)
    if (stock.kind === 'refused') complaints.push({ line: row.line, message: stock.message })
    const all = [...what, ...(stock.kind === 'counted' ? [stock.what] : [])]
    if (before === undefined) products.push({ sku: row.sku, was: 'created', what: all })
    else if (all.length > 0) products.push({ sku: row.sku, was: 'changed', what: all })
  }
  if (complaints.length > 0) throw new Refused(complaints)
  return { products, unchanged: rows.length - products.length }
}

/** Takes the transaction back. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly complaints: readonly Complaint[]

  constructor(complaints: readonly Complaint[]) {
    super('the import was refused')
    this.complaints = complaints.toSorted((a, b) => a.line - b.line)
  }
}

type Known = { readonly name: string; readonly description: string; readonly price: Money; readonly threshold: number }

async function readKnown(
  tx: Transaction<StockTables>,
  rows: readonly ProductRow[],
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>()
  for (let first = 0; first < rows.length; first += 500) {
    const found = await tx
      .selectFrom('product')
      .innerJoin('stock_level', 'stock_level.sku', 'product.sku')
      .select(['product.sku', 'name', 'description', 'price_minor', 'currency', 'low_stock_threshold'])
      .where(
        'product.sku',
        'in',
        rows.slice(first, first + 500).map(({ sku }) => sku),
      )
      .execute()
    for (const { sku, name, description, price_minor: amountMinor, currency, ...level } of found) {
      const price = { amountMinor, currency }
      known.set(sku, { name, description, price, threshold: level.low_stock_threshold })
    }
  }
  return known
}

async function create(tx: Transaction<StockTables>, row: ProductRow): Promise<readonly string[] | 'taken'> {
  return (await createProductWithin(tx, { ...row, description: row.description ?? '' })) ? [] : 'taken'
}

async function update(tx: Transaction<StockTables>, row: ProductRow, before: Known): Promise<readonly string[]> {
  const { name, description, price, lowStockThreshold } = row
  const samePrice = price.amountMinor === before.price.amountMinor && price.currency === before.price.currency
  const change: ProductChange = {
    ...(name !== before.name && { name }),
    ...(description !== undefined && description !== before.description && { description }),
    ...(!samePrice && { price }),
    ...(lowStockThreshold !== undefined && lowStockThreshold !== before.threshold && { lowStockThreshold }),
  }
  const what = Object.keys(change)
  if (what.length > 0) await changeProduct(tx, row.sku, change)
  return what
}

type Counted =
  | { readonly kind: 'counted'; readonly what: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly message: string }

async function count(tx: Transaction<StockTables>, { sku, onHand }: ProductRow, behind: Behind): Promise<Counted> {
  if (onHand === undefined) return { kind: 'same' }
  const counted = await countStockWithin(tx, { sku, onHand, ...behind })
  switch (counted.kind) {
    case 'adjusted':
      if (counted.delta === 0) return { kind: 'same' }
      return { kind: 'counted', what: `on hand ${onHand - counted.delta} -> ${onHand}` }
    case 'belowReserved':
      return { kind: 'refused', message: `stock: ${counted.reserved} are reserved for orders, more than ${onHand}` }
    case 'tooMuch':
    case 'unknownProduct':
      return { kind: 'refused', message: `stock: ${onHand} can't be on hand` }
  }
}
