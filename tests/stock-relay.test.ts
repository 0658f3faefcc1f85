import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { connectKafka, makeProducer, withAdmin } from '../events/kafka.ts'
import { makePublisher, type Publisher } from '../events/publisher.ts'
import { fromStockMessage, type StockEvent } from '../events/stock-levels.ts'
import { ensureTopics, stockLevelsTopic } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { adjustStock } from '../workers/stock/adjustments.ts'
import { changeProduct } from '../workers/stock/catalogue.ts'
import { relayOnce, startRelay } from '../workers/stock/relay.ts'
import { stockMigrations, type StockTables } from '../workers/stock/tables.ts'
import { newSku } from './support/stock.ts'

const id = randomUUID().slice(0, 8)
const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${id}_`, KAFKA_PREFIX: `t${id}.` })
const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
const database = openDatabase<StockTables>(config, 'stock')
const kafka = connectKafka(config, log, 'test')
const consumer = kafka.consumer({ groupId: `test-${id}`, maxWaitTimeInMs: 100 })
const read: StockEvent[] = []
const publishers: Publisher[] = []

async function newPublisher(): Promise<Publisher> {
  const producer = makeProducer(kafka)
  await producer.connect()
  const publisher = makePublisher(producer, stockLevelsTopic(config), log)
  publishers.push(publisher)
  return publisher
}

beforeAll(async () => {
  await migrate(config, 'stock', stockMigrations)
  await withAdmin(kafka, (admin) => ensureTopics(admin, config))
  await consumer.connect()
  await consumer.subscribe({ topics: [stockLevelsTopic(config)], fromBeginning: true })
  await consumer.run({
    eachMessage: ({ message: { key, value, headers = {} } }) => {
      const event = fromStockMessage({ value, headers })
      expect(key?.toString()).toBe(event.data.sku)
      read.push(event)
      return Promise.resolve()
    },
  })
})
afterAll(async () => {
  await consumer.disconnect()
  await Promise.all(publishers.map((publisher) => publisher.stop()))
  await database.destroy()
})

const adjust = (sku: string, delta: number) => adjustStock(database, { sku, delta, reason: 'test', actor: 'system' })
const versions = (sku: string) =>
  read.flatMap(({ type, data }) => (type === 'stock.level_changed' && data.sku === sku ? [data.version] : []))
const until = (sku: string, version: number) =>
  vi.waitFor(() => expect(versions(sku).at(-1)).toBe(version), { timeout: 30_000, interval: 50 })
const unmarked = async () =>
  (await database.selectFrom('stock_ledger').select('sku').where('relayed', '=', 0).execute()).length

it('the topic keeps each SKU’s newest level', async () => {
  const [entry] = await withAdmin(kafka, async (admin) => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: stockLevelsTopic(config), configNames: ['cleanup.policy'] }],
    })
    return resources.flatMap(({ configEntries }) => configEntries)
  })
  expect(entry?.configValue).toBe('compact')
})

describe('the relay of stock levels', () => {
  it('tells a burst by its last entry, and nothing twice', async () => {
    const sku = await newSku(database)
    const publisher = await newPublisher()
    for (let delta = 1; delta <= 5; delta += 1) await adjust(sku, delta)
    await relayOnce({ database, publisher, log })
    await until(sku, 5)
    expect(read.at(-1)).toMatchObject({ type: 'stock.level_changed', data: { available: 15, onHand: 15, reserved: 0 } })
    await relayOnce({ database, publisher, log })
    await adjust(sku, 1)
    await relayOnce({ database, publisher, log })
    await until(sku, 6)
    expect(versions(sku)).toEqual([5, 6])
  })

  it('says that stock is low once, each time it falls under the threshold', async () => {
    const sku = await newSku(database)
    const publisher = await newPublisher()
    await changeProduct(database, sku, { lowStockThreshold: 10 })
    for (const delta of [12, -3, -3, 20, -17]) {
      await adjust(sku, delta)
      await relayOnce({ database, publisher, log })
    }
    await until(sku, 5)
    const lows = read.flatMap(({ type, data }) => (type === 'stock.low' && data.sku === sku ? [data] : []))
    expect(lows.map(({ version, available, threshold }) => [version, available, threshold])).toEqual([
      [2, 9, 10],
      [5, 9, 10],
    ])
  })

  it('of two at once tells every SKU’s last level, each one’s versions in their order and once', async () => {
    const skus = await Promise.all(Array.from({ length: 8 }, () => newSku(database)))
    const relays = [await newPublisher(), await newPublisher()].map((publisher) =>
      startRelay({ database, publisher, log }),
    )
    await Promise.all(
      skus.map(async (sku) => {
        for (let change = 0; change < 40; change += 1) {
          await adjust(sku, 1)
          relays[change % 2]?.wake()
        }
      }),
    )
    for (const sku of skus) await until(sku, 40)
    await Promise.all(relays.map((relay) => relay.stop()))
    for (const sku of skus) {
      const told = versions(sku)
      expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b))
    }
    expect(await unmarked()).toBe(0)
  })

  it('marks nothing that the broker has not taken, and tells it later', async () => {
    const sku = await newSku(database)
    await adjust(sku, 3)
    const down = { publish: () => Promise.reject(new Error('no broker')) }
    await expect(relayOnce({ database, publisher: down, log })).rejects.toThrow('no broker')
    expect(await unmarked()).toBe(1)
    await relayOnce({ database, publisher: await newPublisher(), log })
    await until(sku, 1)
  })

  it('leaves alone what another one is publishing, and tells it again should that one’s lease run out', async () => {
    const sku = await newSku(database)
    await adjust(sku, 3)
    const publisher = await newPublisher()
    let goOn: () => void = () => undefined
    const frozen = { publish: () => new Promise<void>((resolve) => (goOn = resolve)) }
    const first = relayOnce({ database, publisher: frozen, log })
    await vi.waitFor(async () => {
      const row = await database.selectFrom('stock_relay').select('sku').where('sku', '=', sku).executeTakeFirst()
      expect(row).toBeDefined()
    })
    await relayOnce({ database, publisher, log })
    expect(await unmarked()).toBe(1)
    await database
      .updateTable('stock_relay')
      .set({ lease_until: new Date(0) })
      .where('sku', '=', sku)
      .execute()
    await adjust(sku, 1)
    await relayOnce({ database, publisher, log })
    await until(sku, 2)
    goOn()
    await first
    expect(await unmarked()).toBe(1)
    await relayOnce({ database, publisher, log })
    await vi.waitFor(() => expect(versions(sku)).toEqual([2, 2]), { timeout: 10_000 })
  })
})
