import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchGroups } from '../events/groups.ts'
import { connectKafka, type Kafka, makeProducer } from '../events/kafka.ts'
import { deadLetterTopic, groups, groupName, ordersTopic, redriveTopic } from '../events/topics.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { type DatabaseName, openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { available, newProduct, type Person, register, signInAdmin } from './support/shop.ts'
import { type Copy, readTopic, untilRead } from './support/topic.ts'

let system: System
let config: Config
let kafka: Kafka
let admin: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({}, roles)
  config = readConfig(system.env)
  kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

async function send(topic: string, messages: readonly Copy[]): Promise<void> {
  const producer = makeProducer(kafka)
  await producer.connect()
  await producer.send({ topic, messages: [...messages] })
  await producer.disconnect()
}

/** Every group has read everything. */
async function caughtUp(): Promise<void> {
  for (const group of groups) await untilRead(kafka, ordersTopic(config), groupName(config, group))
}

/** All that the services know, but for when and under which claim. */
async function everything(): Promise<string> {
  const tables: readonly (readonly [DatabaseName, string])[] = [
    ['stock', 'SELECT sku, available, reserved FROM stock_level ORDER BY sku'],
    ['stock', 'SELECT order_id, step, state FROM reservation ORDER BY order_id'],
    ['stock', 'SELECT event_id, hash FROM inbox ORDER BY event_id'],
    ['payment', 'SELECT order_id, step, state FROM payment ORDER BY order_id'],
    ['payment', 'SELECT `key`, state FROM simulated_payment ORDER BY `key`'],
    ['payment', 'SELECT order_id, action, round, state, fence FROM task ORDER BY order_id, sequence'],
    ['shipping', 'SELECT order_id, step, state FROM shipment ORDER BY order_id'],
    ['shipping', 'SELECT order_id, action, round, state, fence FROM task ORDER BY order_id, sequence'],
    ['orders', 'SELECT id, status, version FROM orders ORDER BY id'],
    ['orders', 'SELECT order_id, sequence, type FROM order_event ORDER BY order_id, sequence'],
  ]
  const rows: unknown[] = []
  for (const [name, query] of tables) {
    const database = openDatabase<Record<string, never>>(config, name, 1)
    rows.push((await sql.raw(query).execute(database)).rows)
    await database.destroy()
  }
  return JSON.stringify(rows)
}

describe('redelivery', () => {
  it('of every event, all over again, changes nothing: one effect per event', async () => {
    const sku = await newProduct(admin, 20)
    const wishes = [
      { sku },
      { sku, paymentMethod: 'pm_card_visa_chargeDeclined' },
      { sku, country: 'ZZ' },
      { sku, quantity: 99 },
    ]
    const placed = await Promise.all(wishes.map((wish) => customer.place(wish)))
    const ends = ['delivered', 'rejected', 'rejected', 'rejected']
    await Promise.all(placed.map(({ body }, index) => customer.until(body.id, ends[index] ?? '')))
    await caughtUp()
    const before = await everything()
    const events = await readTopic(kafka, ordersTopic(config))
    expect(events.length).toBeGreaterThan(20)
    await send(ordersTopic(config), events)
    await caughtUp()
    expect(await everything()).toBe(before)
    expect(await available(customer, sku)).toBe(19)
  })

  it('to one group is not caught up with before that group has read it', async () => {
    const watch = watchGroups(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'))
    try {
      await caughtUp()
      await system.process('shipping').stop()
      const [event] = await readTopic(kafka, ordersTopic(config))
      await send(redriveTopic(config, 'shipping'), event === undefined ? [] : [event])
      expect(await watch.caughtUp('shipping')).toBe(false)
      expect(await watch.caughtUp('payment')).toBe(true)
      await system.start('shipping')
      await untilRead(kafka, redriveTopic(config, 'shipping'), groupName(config, 'shipping'))
      expect(await watch.caughtUp('shipping')).toBe(true)
    } finally {
      await watch.stop()
    }
  })
})

describe('a message that cannot be understood', () => {
  it('goes to the dead letters with its bytes, and the orders behind it go on', async () => {
    const sku = await newProduct(admin, 5)
    const garbage: readonly Copy[] = [
      { key: Buffer.from('x'), value: Buffer.from('not json {'), headers: {} },
      {
        key: Buffer.from('y'),
        value: Buffer.from('{}'),
        headers: { ce_awaits: Buffer.from('stock,payment,shipping'), ce_type: Buffer.from('order.placed') },
      },
      { key: null, value: null, headers: { ce_awaits: Buffer.from('stock') } },
    ]
    for (const one of garbage) await send(ordersTopic(config), [one, one, one])
    const { body } = await customer.place({ sku })
    await customer.until(body.id, 'delivered')
    await caughtUp()
    const letters = await readTopic(kafka, deadLetterTopic(config, 'stock'))
    expect(letters).toHaveLength(6)
    expect(letters[0]?.headers['dlt_group']?.toString()).toBe(groupName(config, 'stock'))
    expect(letters[0]?.headers['dlt_error']?.toString()).toContain('UnreadableMessage')
    expect(letters.map(({ value }) => value?.toString() ?? null)).toContain('{}')
    expect(await readTopic(kafka, deadLetterTopic(config, 'projection'))).toHaveLength(9)
  })
})
