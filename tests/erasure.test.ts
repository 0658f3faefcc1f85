import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectKafka } from '../events/kafka.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, send, signInAdmin } from './support/shop.ts'

let system: System
let admin: Person
beforeAll(async () => {
  system = await startOwnSystem({ LOG_LEVEL: 'trace' })
  admin = await signInAdmin(system.apiUrl)
})
afterAll(() => system.stop())

const mark = randomUUID().slice(0, 8)
const secrets = {
  name: `Quentin${mark}`,
  line1: `Hidden Lane ${mark}`,
  email: `quentin.${mark}@shop.test`,
  hook: `hooks-${mark}.example`,
}

/** Everything that MySQL stores for this system, row by row. */
async function databaseText(): Promise<string> {
  const prefix = system.env['DATABASE_PREFIX'] ?? ''
  const connection = await createConnection(system.env['DATABASE_URL'] ?? '')
  try {
    const [tables] = await connection.query('SELECT table_schema AS s, table_name AS t FROM information_schema.tables')
    const ours = (tables as { s: string; t: string }[]).filter(({ s }) => s.startsWith(prefix))
    expect(ours.length).toBeGreaterThan(20)
    const dumps = []
    for (const { s, t } of ours)
      dumps.push(JSON.stringify((await connection.query(`SELECT * FROM \`${s}\`.\`${t}\``))[0]))
    return dumps.join('\n')
  } finally {
    await connection.end()
  }
}

/** Every message of every topic of this system, dead letters included. */
async function kafkaText(): Promise<string> {
  const config = readConfig(system.env)
  const kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'erasure')
  const admins = kafka.admin()
  await admins.connect()
  const topics = (await admins.listTopics()).filter((topic) => topic.startsWith(config.KAFKA_PREFIX))
  const ends = await Promise.all(topics.map((topic) => admins.fetchTopicOffsets(topic)))
  await admins.disconnect()
  const total = ends.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)
  const consumer = kafka.consumer({ groupId: `${config.KAFKA_PREFIX}erasure` })
  const texts: string[] = []
  await consumer.connect()
  await consumer.subscribe({ topics, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const headers = Object.values(message.headers ?? {}).join(' ')
      texts.push(`${String(message.key)} ${String(message.value)} ${headers}`)
    },
  })
  await vi.waitFor(() => expect(texts.length).toBeGreaterThanOrEqual(total), { timeout: 30_000 })
  await consumer.disconnect()
  return texts.join('\n')
}

async function temporalText(ids: readonly string[]): Promise<string> {
  const connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
  const { workflow } = new Client({ connection })
  const texts = []
  for (const id of ids) {
    const handle = workflow.getHandle(id)
    texts.push(historyToJSON(await handle.fetchHistory()), JSON.stringify(await handle.describe(), bigintsAsText))
  }
  await connection.close()
  return texts.map(decoded).join('\n')
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** Payloads are base64 in a history: with them as text too. */
const decoded = (text: string): string =>
  `${text}\n${[...text.matchAll(/"([A-Za-z0-9+/=]{16,})"/g)].map(([, data = '']) => Buffer.from(data, 'base64').toString()).join('\n')}`

function logText(): string {
  const dir = system.env['DATA_DIR'] ?? ''
  const files = readdirSync(dir).filter((name) => name.endsWith('.log'))
  expect(files).toContain('api.log')
  return files.map((name) => readFileSync(join(dir, name), 'utf8')).join('\n')
}

const found = (text: string) => Object.values(secrets).filter((secret) => text.includes(secret))

describe('a customer who is erased', () => {
  it('is found in no store any more, and the orders are as they were', async () => {
    const account = { email: secrets.email, password: `pass-${randomUUID()}`, name: secrets.name }
    const { body: session } = await send<{ user: { id: string }; accessToken: string }>(
      `${system.apiUrl}/v1/auth/register`,
      'POST',
      account,
    )
    const { id } = session.user
    const headers = { authorization: `Bearer ${session.accessToken}` }
    const call = <Body>(method: string, path: string, body?: unknown) =>
      send<Body>(`${system.apiUrl}${path}`, method, body, headers)
    const shippingAddress = {
      name: secrets.name,
      line1: secrets.line1,
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    }
    const endpoint = { url: `https://${secrets.hook}/orders`, events: ['*'] }
    await call('POST', '/v1/webhook-endpoints', endpoint)
    const sku = await newProduct(admin, 10)
    const order = (paymentMethod: string) => ({ lines: [{ sku, quantity: 1 }], shippingAddress, paymentMethod })
    type Order = { id: string; status: string; shippingAddress: unknown; code?: string }
    const good = (await call<Order>('POST', '/v1/orders', order('pm_card_visa'))).body.id
    const bad = (await call<Order>('POST', '/v1/orders', order('pm_card_visa_chargeDeclined'))).body.id
    const silent = (await call<Order>('POST', '/v1/orders', order('pm_sim_noAnswer'))).body.id
    await admin.until(good, 'delivered')
    await admin.until(bad, 'rejected')

    expect((await call<Order>('DELETE', `/v1/customers/${id}`)).body.code).toBe('orders_under_way')
    await call('POST', `/v1/orders/${silent}/cancellation`, {})
    await admin.until(silent, 'cancelled')
    expect(found(await databaseText()), 'it is there, or this test can find nothing').toHaveLength(4)
    const before = await admin.timeline(good)

    const stranger = await send<{ accessToken: string }>(`${system.apiUrl}/v1/auth/register`, 'POST', {
      ...account,
      email: `other.${mark}@shop.test`,
      name: 'Somebody Else',
    })
    const strange = { authorization: `Bearer ${stranger.body.accessToken}` }
    expect((await send(`${system.apiUrl}/v1/customers/${id}`, 'DELETE', undefined, strange)).status).toBe(404)
    expect((await call('DELETE', `/v1/customers/${id}`)).status).toBe(204)

    expect(found(await databaseText())).toEqual([])
    expect(found(await kafkaText())).toEqual([])
    expect(found(await temporalText([good, bad, silent]))).toEqual([])
    expect(found(logText())).toEqual([])

    const after = await admin.call<Order>('GET', `/v1/orders/${good}`)
    expect(after.body).toMatchObject({ status: 'delivered', shippingAddress: null })
    expect(await admin.timeline(good)).toEqual(before)
    const { email, password } = account
    expect((await send(`${system.apiUrl}/v1/auth/login`, 'POST', { email, password })).status).toBe(401)
    expect((await admin.call('DELETE', `/v1/customers/${id}`)).status).toBe(404)
    expect((await admin.call('DELETE', `/v1/customers/${admin.id}`)).status).toBe(404)
  })
})
