import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { EventMessage } from '../events/envelope.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { Forget } from '../platform/forgetting.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { forgetMessages } from '../workers/notification/forget.ts'
import { makeIntake } from '../workers/notification/intake.ts'
import { makeTakeOff } from '../workers/notification/take-off.ts'
import { notificationMigrations, type NotificationTables } from '../workers/notification/tables.ts'
import { paymentMigrations, type PaymentTables } from '../workers/payment/tables.ts'
import { forgetWebhooks as forgetProviders } from '../workers/payment/webhooks/forget.ts'
import { receiveWebhook as fromProvider } from '../workers/payment/webhooks/receive.ts'
import { shippingMigrations, type ShippingTables } from '../workers/shipping/tables.ts'
import { forgetWebhooks as forgetCarriers } from '../workers/shipping/webhooks/forget.ts'
import { receiveWebhook as fromCarrier } from '../workers/shipping/webhooks/receive.ts'
import { complaints, examine } from './support/query-plan.ts'
import { story } from './support/told-orders.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const payment = openDatabase<PaymentTables>(config, 'payment', 1)
const shipping = openDatabase<ShippingTables>(config, 'shipping', 1)
const notification = openDatabase<NotificationTables>(config, 'notification', 1)

beforeAll(async () => {
  await migrate(config, 'payment', paymentMigrations)
  await migrate(config, 'shipping', shippingMigrations)
  await migrate(config, 'notification', notificationMigrations)
})
afterAll(() => Promise.all([payment.destroy(), shipping.destroy(), notification.destroy()]))

const hour = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)
const all = async (forget: readonly Forget[], before: Date) => {
  let gone = 0
  for (const each of forget) gone += await each(before, 500)
  return gone
}

describe('webhooks of providers', () => {
  const told = () => ({
    provider: 'simulator',
    id: randomUUID(),
    type: 'payment.authorized',
    about: undefined,
    body: '{}',
  })
  const known = async () =>
    (await payment.selectFrom('webhook_event').select('event_id').execute()).map((row) => row.event_id)

  it('go after a while, and are taken in once more if they come again', async () => {
    const [old, young] = [told(), told()]
    await fromProvider(payment, old)
    await payment
      .updateTable('webhook_event')
      .set({ received_at: ago(2 * hour) })
      .execute()
    await fromProvider(payment, young)
    expect(await all(forgetProviders(payment), ago(hour))).toBe(1)
    expect(await known()).toEqual([young.id])
    expect([await fromProvider(payment, old), await fromProvider(payment, young)]).toEqual(['parked', 'known'])
  })
})

describe('webhooks of carriers', () => {
  const told = (trackingNumber: string) => {
    const [id, occurredAt] = [randomUUID(), new Date().toISOString()]
    const news = { trackingNumber, status: 'delivered', events: [{ id, status: 'delivered', occurredAt }] } as const
    return { carrier: 'simulator', id, type: 'parcel.delivered', news } as const
  }
  const age = (id: string, ms: number) =>
    shipping
      .updateTable('webhook_event')
      .set({ received_at: ago(ms) })
      .where('event_id', '=', id)
      .execute()
  const counted = async (orderId: string) => {
    const of = (table: 'answer' | 'tracking_event') =>
      shipping.selectFrom(table).select('order_id').where('order_id', '=', orderId).execute()
    return [(await of('answer')).length, (await of('tracking_event')).length]
  }

  it('go after a while; one that comes again then changes nothing', async () => {
    const [orderId, event] = [randomUUID(), told('N1')]
    await shipping
      .insertInto('shipment')
      .values({ order_id: orderId, step: 'shipment', state: 'released', carrier: 'simulator', tracking_number: 'N1' })
      .execute()
    expect(await fromCarrier(shipping, event)).toMatchObject({ result: 'applied', moved: true })
    await age(event.id, 2 * hour)
    expect(await all(forgetCarriers(shipping), ago(hour))).toBe(1)
    const again = await fromCarrier(shipping, event)
    expect(again).toMatchObject({ result: 'applied', moved: false })
    expect(again).not.toHaveProperty('message')
    expect(await counted(orderId)).toEqual([1, 1])
  })

  it('that are parked stay as long as they may be applied', async () => {
    const [hoped, hopeless] = [told('N2'), told('N3')]
    await fromCarrier(shipping, hoped)
    await fromCarrier(shipping, hopeless)
    await age(hoped.id, 2 * hour)
    await age(hopeless.id, 25 * hour)
    await all(forgetCarriers(shipping), ago(hour))
    const rows = await shipping.selectFrom('webhook_event').select('event_id').where('state', '=', 'parked').execute()
    expect(rows.map((row) => row.event_id)).toEqual([hoped.id])
  })
})

describe('messages to customers', () => {
  const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')

  /** From the topic to the table, over a lane that is read as often as wanted. */
  function service(keepMs: number) {
    const lane: EventMessage[] = []
    const publish = (messages: readonly EventMessage[]) => Promise.resolve(void lane.push(...messages))
    const take = makeTakeOff({ database: notification, lane: 'realtime', keepMs, log, wake: () => undefined })
    const publishedAt = new Date().toISOString()
    const readLane = () => take(lane.map(({ value }) => ({ value: Buffer.from(value ?? ''), publishedAt })))
    return { intake: makeIntake(notification, { publish }, keepMs), readLane, lane }
  }
  const messages = (orderId: string) =>
    notification.selectFrom('message').select(['kind', 'state']).where('order_id', '=', orderId).execute()
  const end = (orderId: string, settled_at: Date) =>
    notification
      .updateTable('message')
      .set({ state: 'sent', due_at: null, settled_at })
      .where('order_id', '=', orderId)
      .execute()

  it('go when they have been over for a while; those that wait stay', async () => {
    await notification
      .updateTable('beginning')
      .set({ at: new Date(0) })
      .execute()
    const { intake, readLane } = service(48 * hour)
    const [over, waiting] = [story(randomUUID()), story(randomUUID())]
    await intake([over.placed(), waiting.placed()].map((event) => ({ ...event, hash: 'h' })))
    await readLane()
    await notification
      .updateTable('message')
      .set({ queued_at: ago(60 * hour) })
      .execute()
    await end(over.order.id, ago(50 * hour))
    expect(await forgetMessages(notification)(ago(48 * hour), 500)).toBe(1)
    expect([await messages(over.order.id), await messages(waiting.order.id)]).toEqual([
      [],
      [{ kind: 'placed', state: 'queued' }],
    ])
  })

  it('that are forgotten are not made again: not of the event, and not of what is on the lane', async () => {
    const { order, placed } = story(randomUUID())
    const event = { ...placed(), time: ago(50 * hour).toISOString(), hash: 'h' }
    const before = service(72 * hour)
    await before.intake([event])
    await before.readLane()
    expect(await messages(order.id)).toHaveLength(1)
    await end(order.id, ago(49 * hour))
    await forgetMessages(notification)(ago(48 * hour), 500)
    const after = service(48 * hour)
    await after.intake([event])
    expect(after.lane).toEqual([])
    after.lane.push(...before.lane)
    await after.readLane()
    expect(await messages(order.id)).toEqual([])
  })
})

describe('what goes is found by an index, and no more is looked at', () => {
  /** A tenth is old. */
  const times = Array.from({ length: 3_000 }, (_, at) => ago((at % 10 === 0 ? 90 : 1) * 24 * hour))
  const [month, most] = [ago(30 * 24 * hour), 50]

  async function expectCheap<Tables>(
    database: Kysely<Tables>,
    forget: (database: Kysely<Tables>) => Forget | undefined,
  ) {
    const { plan, read } = await examine(database, async (recording) => {
      expect(await forget(recording)?.(month, most)).toBe(most)
    })
    expect([plan.length, complaints(plan)], JSON.stringify(plan)).toEqual([1, []])
    expect(read, JSON.stringify(plan)).toBeLessThanOrEqual(3 * most)
  }

  it('of webhooks received', async () => {
    const rows = times.map((received_at, at) => ({
      event_id: randomUUID(),
      type: 'a',
      received_at,
      isParked: at % 20 === 0,
    }))
    const providers = rows.map(({ isParked, ...row }) => {
      const state = isParked ? ('parked' as const) : ('taken' as const)
      return { ...row, provider: 'simulator', state, body: '{}' }
    })
    const carriers = rows.map(({ isParked, ...row }) => {
      const state = isParked ? ('parked' as const) : ('applied' as const)
      return { ...row, carrier: 'simulator', state, news: '{}', tracking_number: 'N' }
    })
    await payment.insertInto('webhook_event').values(providers).execute()
    await shipping.insertInto('webhook_event').values(carriers).execute()
    for (const at of [0, 1]) {
      await expectCheap(payment, (database) => forgetProviders(database)[at])
      await expectCheap(shipping, (database) => forgetCarriers(database)[at])
    }
  })

  it('of messages', async () => {
    const rows = times.map((queued_at, at) => {
      const isOver = at % 3 !== 0
      const ends = { settled_at: isOver ? queued_at : null, due_at: isOver ? null : queued_at }
      const state = isOver ? ('sent' as const) : ('queued' as const)
      const about = { source: randomUUID(), kind: 'placed', lane: 'realtime', customer_id: randomUUID() } as const
      return { ...about, state, queued_at, ...ends }
    })
    await notification.insertInto('message').values(rows).execute()
    await expectCheap(notification, forgetMessages)
  })
})
