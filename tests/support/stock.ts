import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { orderId } from '../../domain/ids.ts'
import type { Action, Ask } from '../../domain/saga/event.ts'
import { inTransaction } from '../../platform/transactions.ts'
import type { StockOrder } from '../../workers/stock/book.ts'
import { createProduct } from '../../workers/stock/catalogue.ts'
import { workOnStock } from '../../workers/stock/reservations.ts'
import type { StockTables } from '../../workers/stock/tables.ts'

export type Asked = { readonly ask: Ask; readonly order: StockOrder }

export const stockAsk = (action: Action, more: Partial<Ask> = {}): Ask => ({
  step: 'stock',
  participant: 'stock',
  action,
  round: 1,
  attempt: 1,
  deadlineAt: '',
  ...more,
})

/** An order as stock sees it: so many of each SKU. */
export const stockOrder = (lines: Readonly<Record<string, number>>, allowBackorder = false): StockOrder => ({
  id: orderId(randomUUID()),
  lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, allowBackorder })),
})

export const goods = (lines: Readonly<Record<string, number>>) =>
  Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity }))

/** As the consumer does: one transaction for the batch, repeated when it fell victim to another. */
export const askStock = (database: Kysely<StockTables>, ...asked: readonly Asked[]) =>
  inTransaction(database, (tx) => workOnStock(tx, asked))

export async function newSku(database: Kysely<StockTables>): Promise<string> {
  const sku = `S-${randomUUID().toUpperCase()}`
  await createProduct(database, { sku, name: sku, description: '', price: { amountMinor: 100, currency: 'EUR' } })
  return sku
}

export async function levelOf(database: Kysely<StockTables>, sku: string) {
  return database
    .selectFrom('stock_level')
    .select(['available', 'reserved', 'backordered'])
    .where('sku', '=', sku)
    .executeTakeFirstOrThrow()
}

export async function stateOf(database: Kysely<StockTables>, { id }: StockOrder): Promise<string | undefined> {
  const row = await database.selectFrom('reservation').select('state').where('order_id', '=', id).executeTakeFirst()
  return row?.state
}
