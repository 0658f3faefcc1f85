import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { sku } from '../domain/ids.ts'
import { driveReturns } from '../domain/returns/testing.ts'
import { drive } from '../domain/saga/testing.ts'
import type { OrderEvent } from '../domain/saga/event.ts'
import type { ReceivedEvent } from '../events/envelope.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { sendMeasurements } from '../platform/meters.ts'
import { migrate } from '../platform/migrate.ts'
import { countAttention, countReturnsAttention } from '../workers/projection/backlog.ts'
import { makeProjection } from '../workers/projection/project.ts'
import { ordersMigrations, type OrdersTables } from '../workers/projection/tables.ts'
import { examine } from './support/query-plan.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
// one connection, as rows read are counted by connection
const database = openDatabase<OrdersTables>(config, 'orders', 1)
const counted = new Map<string, number>()

beforeAll(async () => {
  await migrate(config, 'orders', ordersMigrations)
  sendMeasurements((name, labels, value) => {
    const key = `${name} ${labels['outcome'] ?? labels['step'] ?? ''}`
    counted.set(key, (counted.get(key) ?? 0) + value)
  })
})
afterAll(async () => {
  sendMeasurements(() => undefined)
  await database.destroy()
})

const received = (event: OrderEvent): ReceivedEvent => ({ ...event, hash: event.id })

/** An order whose first step succeeded and whose second was declined, up to the first undo. */
function story(): readonly ReceivedEvent[] {
  const order = drive()
  order.completes('fetch', 'weigh')
  order.rejects('price')
  return order.events.map(received)
}

it('counts each event once: not when it comes again, in part or whole, nor to another process', async () => {
  const events = story()
  const first = makeProjection(database, { measured: true })
  await first(events.slice(0, 2))
  const half = new Map(counted)
  await first(events.slice(0, 2))
  expect(counted).toEqual(half)
  await first(events.slice(1)) // some of them again
  const all = new Map(counted)
  expect(all.get('holdfast_saga_orders_total placed')).toBe(1)
  expect(all.get('holdfast_saga_steps_total completed')).toBe(2)
  expect(all.get('holdfast_saga_steps_total rejected')).toBe(1)
  await makeProjection(database, { measured: true })(events)
  expect(counted).toEqual(all)
})

it('counts each event of returns once, and the returns that need attention in an index', async () => {
  const { plan } = await examine(database, countReturnsAttention)
  expect(plan).toMatchObject([{ key: 'newest_by_status' }])
  const order = driveReturns()
  order.refunds(100)
  const cup = [{ sku: sku('CUP'), quantity: 1 }]
  order.requests(cup)
  for (let patience = 3; patience > 0; patience -= 1) order.waits()
  const events = order.events.map(received)
  const project = makeProjection(database, { measured: true })
  await project(events.slice(0, 2))
  await project(events.slice(1)) // some of them again
  const all = new Map(counted)
  expect(all.get('holdfast_saga_returns_total refund_requested')).toBe(1)
  expect(all.get('holdfast_saga_returns_total requested')).toBe(1)
  expect(all.get('holdfast_saga_deadlines_total refund')).toBe(2)
  expect(all.get('holdfast_saga_needs_attention_total refund')).toBe(1)
  await makeProjection(database, { measured: true })(events)
  expect(counted).toEqual(all)
  expect(await countReturnsAttention(database)).toBe(1)
})

it('counts the orders that need attention in an index alone', async () => {
  const { plan } = await examine(database, countAttention)
  expect(plan).toMatchObject([{ key: 'newest_by_attention', Extra: expect.stringContaining('Using index') }])
  expect(await countAttention(database)).toBe(0)
})
