import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { sql } from 'kysely'
import { adjustStock } from '../workers/stock/adjustments.ts'
import { checkStock } from '../workers/stock/check.ts'
import { makeFateOf } from '../workers/stock/fate.ts'
import { listLedger } from '../workers/stock/ledger.ts'
import { type Fate, makeSweep } from '../workers/stock/sweep.ts'
import { stockMigrations, type StockTables } from '../workers/stock/tables.ts'
import { tellServed } from '../workers/stock/tell-served.ts'
import { askStock, levelOf, newSku, stateOf, stockAsk, stockOrder } from './support/stock.ts'

const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
const open = (config: ReturnType<typeof readConfig>) => openDatabase<StockTables>(config, 'stock')
const freshConfig = () => readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const config = freshConfig()
const database = open(config)
beforeAll(() => migrate(config, 'stock', stockMigrations))
afterAll(() => database.destroy())

async function stocked(units: number): Promise<string> {
  const sku = await newSku(database)
  await adjustStock(database, { sku, delta: units, reason: 'test', actor: 'system' })
  return sku
}
const perform = (order: ReturnType<typeof stockOrder>) => askStock(database, { order, ask: stockAsk('perform') })

describe('the sweep', () => {
  it('gives back what is held for orders that ended without it, not for lost ones, and tells the next in the queue', async () => {
    const sku = await stocked(5)
    const fates = ['open', 'rejected', 'cancelled', 'gone', 'delivered'] as const satisfies readonly Fate[]
    const held = fates.map(() => stockOrder({ [sku]: 1 }))
    for (const order of held) await perform(order)
    const next = stockOrder({ [sku]: 2 }, true)
    await perform(next)
    expect(await stateOf(database, next)).toBe('waiting')
    const fateOf = (id: string): Promise<Fate> =>
      Promise.resolve(fates[held.findIndex((order) => order.id === id)] ?? 'open')
    const sweep = makeSweep({ database, fateOf, log, olderThanMs: 0 })
    expect(await sweep()).toEqual({ looked: 6, released: 2, left: 2 })
    expect(await Promise.all(held.map((order) => stateOf(database, order)))).toEqual([
      'held',
      'released',
      'released',
      'held',
      'held',
    ])
    expect(await stateOf(database, next)).toBe('held')
    expect(await levelOf(database, sku)).toEqual({ available: 0, reserved: 5, backordered: 0 })
    expect((await listLedger(database, sku, 20)).filter(({ reason }) => reason === 'order is over')).toHaveLength(2)
    expect(await checkStock(database)).toEqual([])

    const told: string[] = []
    const signaller = { answered: (id: string) => Promise.resolve(void told.push(id)) }
    const failing = { answered: () => Promise.reject(new Error('Temporal is down')) }
    await tellServed({ database, signaller: failing, log })
    await tellServed({ database, signaller, log })
    await tellServed({ database, signaller, log })
    expect(told).toEqual([next.id])
    const answers = await database.selectFrom('answer').select('body').where('order_id', '=', next.id).execute()
    expect(answers).toMatchObject([{ body: { step: 'stock', action: 'perform', round: 1, outcome: 'completed' } }])
  })

  it('leaves young reservations alone', async () => {
    const sku = await stocked(1)
    await perform(stockOrder({ [sku]: 1 }))
    const sweep = makeSweep({ database, fateOf: () => Promise.resolve('gone'), log, olderThanMs: 3_600_000 })
    expect(await sweep()).toEqual({ looked: 0, released: 0, left: 0 })
  })

  it('takes an order that Temporal does not know for gone', async () => {
    const connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS })
    expect(await makeFateOf(new Client({ connection }))(randomUUID())).toBe('gone')
    await connection.close()
  })
})

describe('the ledger of a shop that had none', () => {
  it('begins with what was adjusted, and ends at the level', async () => {
    const old = freshConfig()
    const names = ['0001_stock', '0002_sold_products'] as const
    await migrate(old, 'stock', Object.fromEntries(names.map((name) => [name, stockMigrations[name] ?? []])))
    const shop = open(old)
    await sql`INSERT INTO stock_level VALUES ('A', 4, 2), ('B', 0, 0)`.execute(shop)
    await sql`INSERT INTO stock_adjustment (sku, delta, reason, actor) VALUES ('A', 10, 'first', 'ada'), ('A', -1, 'broken', 'ada')`.execute(
      shop,
    )
    await sql`INSERT INTO reservation (order_id, step, state) VALUES ('o', 'stock', 'held')`.execute(shop)
    await sql`INSERT INTO reservation_line VALUES ('o', 'stock', 'A', 2)`.execute(shop)
    await migrate(old, 'stock', stockMigrations)
    expect(await checkStock(shop)).toEqual([])
    const entries = await listLedger(shop, 'A', 10)
    expect(
      entries.map(({ version, availableDelta, reservedDelta, actor }) => [
        version,
        availableDelta,
        reservedDelta,
        actor,
      ]),
    ).toEqual([
      [3, -5, 2, 'system'],
      [2, -1, 0, 'ada'],
      [1, 10, 0, 'ada'],
    ])
    await shop.destroy()
  })
})
