import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectKafka, type Kafka, makeProducer, withAdmin } from '../events/kafka.ts'
import { deadLetterTopic, ordersTopic } from '../events/topics.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import type { System } from '../stack/system.ts'
import { type Example, startExample } from './support/example.ts'
import { startOwnSystem } from './support/own-system.ts'
import { pythonWith } from './support/python.ts'
import { newProduct, register, signInAdmin } from './support/shop.ts'
import { readTopic, untilRead } from './support/topic.ts'

let system: System
let config: Config
let kafka: Kafka
let database: string
let delivered: readonly string[]
const python = pythonWith('examples/python-consumer/requirements.txt')

beforeAll(async () => {
  system = await startOwnSystem()
  config = readConfig(system.env)
  kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
  const name = `${config.DATABASE_PREFIX}revenue`
  database = `${config.DATABASE_URL}/${name}`
  const connection = await createConnection(config.DATABASE_URL)
  await connection.query(`CREATE DATABASE ${name}`)
  await connection.end()
  delivered = await trade()
})
afterAll(() => system.stop())

/** Three orders delivered, 1, 2 and 3 pieces at 10.00, a declined one, and 5.00 of the first paid back. */
async function trade(): Promise<readonly string[]> {
  const admin = await signInAdmin(system.apiUrl)
  const customer = await register(system.apiUrl)
  const sku = await newProduct(admin, 100)
  const placed = await Promise.all([1, 2, 3].map((quantity) => customer.place({ sku, quantity })))
  const declined = await customer.place({ sku, paymentMethod: 'pm_card_visa_chargeDeclined' })
  const ids = placed.map(({ body }) => body.id)
  await Promise.all(ids.map((id) => customer.until(id, 'delivered')))
  await customer.until(declined.body.id, 'rejected')
  const refund = { amount: { amountMinor: 500, currency: 'EUR' }, reason: 'Came late' }
  expect((await admin.call('POST', `/v1/admin/orders/${ids[0]}/refunds`, refund)).status).toBe(201)
  await vi.waitFor(
    async () => {
      const { body } = await customer.call('GET', `/v1/orders/${ids[0]}/returns/1`)
      expect(body['status']).toBe('completed')
    },
    { timeout: 30_000, interval: 100 },
  )
  return ids
}

const group = () => `${config.KAFKA_PREFIX}revenue`
const read = () => untilRead(kafka, ordersTopic(config), group())

function startRevenue(): Example {
  const { KAFKA_BROKERS: brokers, KAFKA_PREFIX: prefix } = config
  const args = ['--brokers', brokers, '--prefix', prefix, '--database', database]
  return startExample(process.execPath, ['--import', 'tsx', 'examples/revenue-per-day/main.ts', ...args])
}

async function sums(): Promise<unknown> {
  const connection = await createConnection(database)
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT currency, SUM(captured_minor) captured, SUM(refunded_minor) refunded FROM revenue_per_day GROUP BY currency',
  )
  await connection.end()
  return rows.map(({ currency, captured, refunded }) => [currency, Number(captured), Number(refunded)])
}

type Counts = Readonly<Record<'handled' | 'duplicates' | 'gaps' | 'altered' | 'deadLetters', number>>
async function stop(example: Example): Promise<Counts> {
  expect(await example.end(), example.errors()).toBe(0)
  return JSON.parse(example.output().trim().split('\n').at(-1) ?? '') as Counts
}

describe('revenue per day', () => {
  it('is what was captured and paid back, and stays so when every event comes again', async () => {
    const first = startRevenue()
    await read()
    expect(await sums()).toEqual([['EUR', 6_000, 500]])
    const before = await stop(first)
    expect(before).toMatchObject({ handled: 4 + 3 + 1, duplicates: 0, gaps: 0, altered: 0, deadLetters: 0 })

    const topic = ordersTopic(config)
    await withAdmin(kafka, (admin) => admin.resetOffsets({ groupId: group(), topic, earliest: true }))
    const again = startRevenue()
    await read()
    const after = await stop(again)
    expect(after).toMatchObject({ handled: 0, gaps: 0, altered: 0, deadLetters: 0 })
    expect(after.duplicates).toBe((await readTopic(kafka, topic)).length)
    expect(await sums()).toEqual([['EUR', 6_000, 500]])
  })

  it('passes over what nobody can read: it goes to the dead letters of the group', async () => {
    const example = startRevenue()
    const producer = makeProducer(kafka)
    await producer.connect()
    await producer.send({ topic: ordersTopic(config), messages: [{ key: 'x', value: 'not json {' }] })
    await producer.disconnect()
    await read()
    expect(await stop(example)).toMatchObject({ deadLetters: 1, gaps: 0 })
    const [letter] = await readTopic(kafka, deadLetterTopic(config, 'revenue'))
    expect([letter?.value?.toString(), letter?.headers['dlt_group']?.toString()]).toEqual(['not json {', group()])
    expect(await sums()).toEqual([['EUR', 6_000, 500]])
  })
})

describe('the consumer in Python', () => {
  it('prints a line per delivered order, and finds no gap', async () => {
    const args = ['--brokers', config.KAFKA_BROKERS, '--topic', ordersTopic(config), '--until-end']
    const example = startExample(await python, [
      'examples/python-consumer/consumer.py',
      ...args,
      '--group',
      `${config.KAFKA_PREFIX}python`,
    ])
    expect(await example.ended, example.errors()).toBe(0)
    const lines = example.output().trim().split('\n')
    const found = lines.flatMap((line) => /^delivered (\S+) (\d+) EUR at /.exec(line)?.slice(1, 3).join(' ') ?? [])
    expect(found.toSorted()).toEqual(delivered.map((id, at) => `${id} ${(at + 1) * 1_000}`).toSorted())
    expect(lines.at(-1)).toMatch(/^\d+ events, 0 duplicates, 0 gaps$/)
  })
})
