import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { addressId } from '../domain/ids.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { type Task, taskKey } from '../workers/participant/tasks.ts'
import { storeAddress } from '../workers/shipping/addresses.ts'
import type { Booking, Carrier, TrackingNews, TrackingStatus } from '../workers/shipping/carrier.ts'
import { makeShippingRun } from '../workers/shipping/run.ts'
import { shippingMigrations, type ShipmentState, type ShippingTables } from '../workers/shipping/tables.ts'
import { findTracking, takeInTracking } from '../workers/shipping/tracking.ts'
import { startUnheard } from '../workers/shipping/unheard.ts'
import { anOrder } from './support/neighbours.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<ShippingTables>(config, 'shipping')
const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
beforeAll(() => migrate(config, 'shipping', shippingMigrations))
afterAll(() => database.destroy())

const step = 'shipping'

async function aShipment(state: ShipmentState, more: { readonly updated_at?: Date } = {}): Promise<string> {
  const { id: orderId } = anOrder()
  const row = { order_id: orderId, step, state, carrier: 'easypost', tracking_number: `N${orderId.slice(0, 8)}` }
  await database
    .insertInto('shipment')
    .values({ ...row, ...more })
    .execute()
  return orderId
}

const news = (status: TrackingStatus): TrackingNews => {
  const event = { id: `evt_${randomUUID()}`, status, occurredAt: new Date().toISOString() }
  return { trackingNumber: 'N1', status, events: [event] }
}

/** A carrier that knows what the test tells it. */
const carrierThat = (said: Partial<Carrier>): Carrier => ({
  name: 'easypost',
  book: () => Promise.resolve<Booking>({ state: 'booked', trackingNumber: 'N1' }),
  lookUp: () => Promise.resolve(undefined),
  handOver: () => Promise.resolve(),
  cancel: () => Promise.resolve({ state: 'cancelled' }),
  track: () => Promise.resolve(undefined),
  ...said,
})

describe('news of a parcel', () => {
  it.each([
    ['booked', 'dispatched', 'dispatched'],
    ['released', 'dispatched', 'dispatched'],
    ['released', 'delivered', 'delivered'],
    ['dispatched', 'lost', 'lost'],
    ['lost', 'delivered', 'delivered'],
    ['lost', 'dispatched', 'lost'],
    ['failed', 'returned', 'returned'],
    ['delivered', 'dispatched', 'delivered'],
    ['delivered', 'lost', 'delivered'],
    ['cancelled', 'delivered', 'cancelled'],
    ['dispatched', 'booked', 'dispatched'],
  ] as const)('that was %s and is told to be %s makes it %s', async (before, told, after) => {
    const orderId = await aShipment(before)
    const taken = await database.transaction().execute((tx) => takeInTracking(tx, { orderId, step }, news(told)))
    expect(taken.moved).toBe(before !== after)
    expect((await findTracking(database, orderId))?.status).toBe(after)
  })

  it('tells the saga of each movement once', async () => {
    const orderId = await aShipment('released')
    const tell = async (status: TrackingStatus) => {
      const taken = await database.transaction().execute((tx) => takeInTracking(tx, { orderId, step }, news(status)))
      return taken.message?.action
    }
    const told: (string | undefined)[] = []
    for (const status of ['dispatched', 'dispatched', 'lost', 'delivered', 'delivered'] as const) {
      told.push(await tell(status))
    }
    expect(told).toEqual(['dispatched', undefined, 'lost', 'delivered', undefined])
    expect((await findTracking(database, orderId))?.events).toHaveLength(6) // with the booking
  })
})

describe('booking', () => {
  const taskFor = (more: Partial<Task> = {}): Task => {
    const order = { ...anOrder(), addressId: addressId(randomUUID()) }
    const ids = { orderId: order.id, step, action: 'perform', round: 1 } as const
    return { ...ids, fence: 1, undoWaits: false, order, ask: null, ...more }
  }
  const address = { name: 'Kim', line1: 'Road 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
  const answerOf = async (carrier: Carrier, task: Task) =>
    (await makeShippingRun(database, carrier)(task, AbortSignal.timeout(5_000))).answer

  it('gives the carrier the whole address, and keeps the label’s address out of the events', async () => {
    const task = taskFor()
    const { id, customerId, addressId: stored } = task.order
    await storeAddress(database, { id: stored, orderId: id, customerId, address })
    const book = vi.fn<Carrier['book']>(() =>
      Promise.resolve({ state: 'booked', trackingNumber: 'N1', labelUrl: 'https://labels.test/1.png' }),
    )
    const done = await makeShippingRun(database, carrierThat({ book }))(task, AbortSignal.timeout(5_000))
    expect(book.mock.calls[0]?.slice(0, 2)).toEqual([taskKey(task), address])
    expect(JSON.stringify(done.answer)).not.toContain('labels.test')
    await database.transaction().execute(async (tx) => done.effect?.(tx))
    expect(await findTracking(database, id)).toMatchObject({
      labelUrl: 'https://labels.test/1.png',
      status: 'booked',
      events: [{ status: 'booked' }],
    })
  })

  it('is refused without an address, unless the carrier has the parcel already', async () => {
    const refused = { outcome: 'rejected', reason: { code: 'address_missing' } }
    expect(await answerOf(carrierThat({}), taskFor())).toMatchObject(refused)
    const lookUp = () => Promise.resolve<Booking>({ state: 'booked', trackingNumber: 'N2' })
    const booked = { outcome: 'completed', shipment: { trackingNumber: 'N2' } }
    expect(await answerOf(carrierThat({ lookUp }), taskFor({ fence: 2 }))).toMatchObject(booked)
  })
})

describe('a carrier that reports by webhooks alone', () => {
  it('is asked about parcels under way of which nothing was heard, and about no others', async () => {
    const longAgo = { updated_at: new Date(Date.now() - 7 * 3_600_000) }
    const silent = await aShipment('dispatched', longAgo)
    const arrived = await aShipment('delivered', longAgo)
    const lively = await aShipment('dispatched')
    const asked: string[] = []
    const heard: string[] = []
    const track: Carrier['track'] = (key) => {
      asked.push(key)
      return Promise.resolve(news('delivered'))
    }
    const onMovement = ({ key, status }: TrackingNews & { readonly key: string }) => {
      heard.push(`${key} ${status}`)
      return Promise.resolve()
    }
    const stop = startUnheard({ database, carrier: carrierThat({ track }), onMovement, log, everyMs: 50 })
    await vi.waitFor(() => expect(heard).toEqual([`${silent}:shipping:perform:1 delivered`]), { timeout: 10_000 })
    await stop()
    expect(asked).toHaveLength(1) // and not again in every round
    expect(asked.some((key) => key.startsWith(arrived) || key.startsWith(lively))).toBe(false)
  })
})
