import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { adjustStock } from '../workers/stock/adjustments.ts'
import type { StockOrder } from '../workers/stock/book.ts'
import { checkStock } from '../workers/stock/check.ts'
import { stockMigrations, type StockTables } from '../workers/stock/tables.ts'
import { type Command, makeStockModel, type ModelOrder } from './support/stock-model.ts'
import { askStock, type Asked, goods, levelOf, newSku, stateOf, stockAsk, stockOrder } from './support/stock.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<StockTables>(config, 'stock')
beforeAll(() => migrate(config, 'stock', stockMigrations))
afterAll(() => database.destroy())

const skuCount = 3
const sku = fc.nat(skuCount - 1)
const line = fc.record({ sku, quantity: fc.integer({ min: 1, max: 4 }) })
const order: fc.Arbitrary<ModelOrder> = fc.record({
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: (one) => one.sku }),
  allowBackorder: fc.boolean(),
})
const action = fc.constantFrom('perform', 'perform', 'perform', 'compensate', 'commit', 'restock')
const orderCount = 12
const asks = fc.array(fc.record({ order: fc.nat(orderCount - 1), action }), { minLength: 1, maxLength: 4 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('batch'), asks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('adjust'), sku, delta: fc.integer({ min: -3, max: 8 }) }) },
)
const orders = fc.array(order, { minLength: orderCount, maxLength: orderCount })
const commands = fc.array(command, { minLength: 5, maxLength: 30 })

const linesOf = (skus: readonly string[], { lines }: ModelOrder) =>
  Object.fromEntries(lines.map(({ sku: index, quantity }) => [skus[index] ?? '', quantity]))

function askedOf(order: StockOrder, wanted: Asked['ask']['action'], lines: Readonly<Record<string, number>>): Asked {
  return wanted === 'restock'
    ? { order, ask: stockAsk('restock', { step: 'return-1', lines: goods(lines) }) }
    : { order, ask: stockAsk(wanted) }
}

describe('stock', () => {
  it('does what the model does, whatever comes in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(orders, commands, async (given, schedule) => {
        const skus = [await newSku(database), await newSku(database), await newSku(database)]
        const real = given.map((one) => stockOrder(linesOf(skus, one), one.allowBackorder))
        const model = makeStockModel(skuCount, given)
        for (const one of schedule) {
          model.run(one)
          if (one.kind === 'adjust') {
            const reason = 'test'
            if (one.delta === 0) continue
            await adjustStock(database, { sku: skus[one.sku] ?? '', delta: one.delta, reason, actor: 'system' })
          } else {
            const asked = one.asks.flatMap(({ order: index, action: wanted }) => {
              const [of, from] = [real[index], given[index]]
              return of && from ? [askedOf(of, wanted, linesOf(skus, from))] : []
            })
            await askStock(database, ...asked)
          }
          for (const [index, name] of skus.entries()) {
            const wanted = { available: model.available[index], reserved: model.reserved[index] }
            expect(await levelOf(database, name)).toEqual({ ...wanted, backordered: model.waits(index) })
          }
        }
        const states = await Promise.all(
          real.map(async ({ id }) => {
            const rows = await database.selectFrom('reservation').selectAll().where('order_id', '=', id).execute()
            return rows.find(({ step }) => step === 'stock')?.state ?? 'none'
          }),
        )
        expect(states).toEqual(model.states)
      }),
      { numRuns: 40 },
    )
    expect(await checkStock(database)).toEqual([])
  }, 180_000)

  it('keeps its books while many change the same products at once, and nobody who could be served waits', async () => {
    const skus = [await newSku(database), await newSku(database), await newSku(database)]
    const some = (index: number) => skus[index % skus.length] ?? ''
    const all = Array.from({ length: 120 }, (_, index) => {
      const lines = index % 3 === 0 ? { [some(index)]: 1, [some(index + 1)]: 1 } : { [some(index)]: 1 + (index % 2) }
      return stockOrder(lines, index % 4 !== 0)
    })
    const one = (order: StockOrder, action: Asked['ask']['action']) =>
      askStock(database, { order, ask: stockAsk(action) })
    const works = all.map(async (order, index) => {
      await one(order, 'perform')
      if (index % 5 === 0) await one(order, 'compensate')
      if (index % 7 === 0) await one(order, 'commit')
    })
    const deliveries = Array.from({ length: 30 }, (_, index) =>
      adjustStock(database, { sku: some(index), delta: 3, reason: 'test', actor: 'system' }),
    )
    await Promise.all([...works, ...deliveries])
    expect(await checkStock(database)).toEqual([])
    for (const name of skus) {
      await adjustStock(database, { sku: name, delta: 1_000, reason: 'for everybody', actor: 'system' })
    }
    expect(await checkStock(database)).toEqual([])
    const states = await Promise.all(all.map((order) => stateOf(database, order)))
    expect(states).not.toContain('waiting')
    const levels = await Promise.all(skus.map((name) => levelOf(database, name)))
    expect(levels.map(({ backordered }) => backordered)).toEqual([0, 0, 0])
  })

  it('finds books that do not agree', async () => {
    const name = await newSku(database)
    await adjustStock(database, { sku: name, delta: 5, reason: 'test', actor: 'system' })
    await database.updateTable('stock_level').set({ available: 6 }).where('sku', '=', name).execute()
    expect(await checkStock(database)).toEqual([
      expect.objectContaining({ sku: name, available: 6, ledgerAvailable: 5, version: 1, entries: 1 }),
    ])
    await database.updateTable('stock_level').set({ available: 5 }).where('sku', '=', name).execute()
  })

  it('finds books without a level', async () => {
    const name = await newSku(database)
    await adjustStock(database, { sku: name, delta: 5, reason: 'test', actor: 'system' })
    await database.deleteFrom('stock_level').where('sku', '=', name).execute()
    expect(await checkStock(database)).toEqual([
      expect.objectContaining({ sku: name, available: 0, ledgerAvailable: 5, version: 0, entries: 1 }),
    ])
    await database.deleteFrom('stock_ledger').where('sku', '=', name).execute()
  })
})
