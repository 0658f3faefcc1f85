import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Figures } from '../api/figures/document.ts'
import { groups } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { System } from '../stack/system.ts'
import { makeFigureKeeper } from '../workers/projection/figures/keep.ts'
import { readFigures } from '../workers/projection/figures/read.ts'
import { purgeFigures, takeSample } from '../workers/projection/figures/sample.ts'
import { lastHours } from '../workers/projection/figures/time.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import { startOwnSystem } from './support/own-system.ts'
import {
  newProduct,
  type OrderBody,
  type OrderWish,
  type Person,
  register,
  signInAdmin,
  types,
} from './support/shop.ts'

let system: System
let orders: ReturnType<typeof openDatabase<OrdersTables>>
let admin: Person
let customer: Person
let sku: string
beforeAll(async () => {
  system = await startOwnSystem()
  orders = openDatabase<OrdersTables>(readConfig(system.env), 'orders', 4)
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
  sku = await newProduct(admin, 1_000)
})
afterAll(async () => {
  await orders.destroy()
  await system.stop()
})

async function figures(hours = 1): Promise<Figures> {
  const { status, body } = await admin.call<Figures>('GET', `/v1/admin/figures?hours=${hours}`)
  expect(status).toBe(200)
  return body
}

/** The whole of each series of a figure, by name. */
function wholesOf({ series }: Figures, figure: Figures['series'][number]['figure']) {
  return Object.fromEntries(series.filter((one) => one.figure === figure).map(({ name, whole }) => [name, whole]))
}

const ordersIn = (shown: Figures) =>
  Object.fromEntries(
    (['placed', 'funnel', 'outcomes', 'compensations'] as const).map((one) => [one, wholesOf(shown, one)]),
  )

/** A minute is counted once it is ripe, some ten seconds after the last change. */
const until = (check: (shown: Figures) => void) =>
  vi.waitFor(async () => check(await figures()), { timeout: 60_000, interval: 500 })

const placed: string[] = []

async function place(wish: Partial<OrderWish>, end: string): Promise<OrderBody> {
  const { body } = await customer.place({ sku, ...wish })
  placed.push(body.id)
  return customer.until(body.id, end)
}

const typesOf = async (id: string) => types(await customer.timeline(id))

/** Five that arrive, two declined, one out of stock, one that a customer changes their mind about. */
async function placeAll(): Promise<void> {
  const arriving = Array.from({ length: 5 }, () => place({}, 'delivered'))
  const declined = [1, 2].map(() => place({ paymentMethod: 'pm_card_visa_chargeDeclined' }, 'rejected'))
  const unsold = place({ sku: await newProduct(admin, 0) }, 'rejected')
  const { body: cancelled } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
  placed.push(cancelled.id)
  await vi.waitFor(async () => expect(await typesOf(cancelled.id)).toContain('order.stock_reserved'), {
    timeout: 20_000,
  })
  await customer.call('POST', `/v1/orders/${cancelled.id}/cancellation`, {})
  await Promise.all([...arriving, ...declined, unsold, customer.until(cancelled.id, 'cancelled')])
}

const funnelTypes = {
  placed: 'order.placed',
  stock: 'order.stock_reserved',
  payment: 'order.payment_authorized',
  shipping: 'order.shipment_booked',
  confirmed: 'order.confirmed',
  dispatched: 'order.dispatched',
  delivered: 'order.delivered',
}

/** The same from the orders themselves, one by one. */
async function countedOneByOne() {
  const all = await Promise.all(
    placed.map(async (id) => ({ order: await customer.order(id), types: await typesOf(id) })),
  )
  const count = (of: (one: (typeof all)[number]) => boolean) => all.filter(of).length
  const tally = (names: readonly string[]) =>
    Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]))
  const undone = all.filter((one) => one.types.includes('order.compensation_requested'))
  return {
    placed: { placed: all.length },
    funnel: Object.fromEntries(
      Object.entries(funnelTypes).map(([name, type]) => [name, count((one) => one.types.includes(type))]),
    ),
    outcomes: tally(all.map(({ order }) => order.status)),
    compensations: tally(
      undone.map(({ order: { failure } }) => (failure === undefined ? 'cancelled' : `${failure.step}:${failure.code}`)),
    ),
  }
}

describe('the figures', () => {
  it('add up to the orders there are, whatever became of them', async () => {
    await placeAll()
    const expected = await countedOneByOne()
    expect(expected.outcomes).toEqual({ delivered: 5, rejected: 3, cancelled: 1 })
    expect(expected.compensations).toMatchObject({ 'payment:card_declined': 2, cancelled: 1 })
    await until((shown) => expect(ordersIn(shown)).toEqual(expected))
    const day = await figures(24)
    expect(ordersIn(day)).toEqual(expected)
    expect(day).toMatchObject({ minutesPerPoint: 15 })
    expect(day.points).toHaveLength(96)
  })

  it('tell how long orders took, as the orders themselves do', async () => {
    const { rows } = await sql<{ ms: number | string }>`
      SELECT TIMESTAMPDIFF(MICROSECOND, placed_at, occurred_at) / 1000 AS ms FROM orders JOIN order_event ON order_id = id
      WHERE type = 'order.confirmed' ORDER BY 1`.execute(orders)
    const times = rows.map(({ ms }) => Number(ms))
    const { p50, p99 } = wholesOf(await figures(), 'confirmedAfter')
    for (const [shown, exact] of [
      [p50, times[2]],
      [p99, times[4]],
    ] as const) {
      expect(Number(shown) / Number(exact)).toBeGreaterThan(1 / 1.1)
      expect(Number(shown) / Number(exact)).toBeLessThan(1.1)
    }
  })

  it('lead to the orders behind a number', async () => {
    const shown = await figures()
    const parameters = { outcomes: 'status', funnel: 'reached', compensations: 'compensated' } as const
    const listed = async (query: Record<string, string>) => {
      const { status, body } = await admin.call<{ items: readonly unknown[] }>(
        'GET',
        `/v1/orders?${new URLSearchParams(query).toString()}`,
      )
      expect(status, JSON.stringify(query)).toBe(200)
      return body.items.length
    }
    const time = { placedFrom: shown.from, placedTo: shown.to }
    for (const { figure, name, whole } of shown.series) {
      if (figure !== 'outcomes' && figure !== 'funnel' && figure !== 'compensations') continue
      if (name === 'placed') continue
      expect(await listed({ ...time, [parameters[figure]]: name }), `${figure} ${name}`).toBe(whole)
    }
    const [bars] = shown.series.filter(({ figure }) => figure === 'placed')
    for (const [part, placedFrom] of shown.points.entries()) {
      const count = bars?.values[part] ?? 0
      if (count > 0) expect(await listed({ placedFrom, placedTo: shown.points[part + 1] ?? shown.to })).toBe(count)
    }
  })

  it('do not let orders be looked through for more than two days', async () => {
    const path = '/v1/orders?reached=payment&placedFrom=2026-01-01T00:00:00Z'
    const { status, body } = await admin.call<{ errors: unknown }>('GET', path)
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '/query/placedTo', code: 'required', message: 'Is required here' }])
    expect((await admin.call('GET', `${path}&placedTo=2026-01-03T00:00:00Z`)).status).toBe(200)
    expect((await admin.call('GET', `${path}&placedTo=2026-01-03T00:00:01Z`)).status).toBe(422)
  })

  it('have a sample of the lag and of the open dead letters', async () => {
    await until((shown) => {
      expect(Object.keys(wholesOf(shown, 'lag'))).toEqual(
        expect.arrayContaining(['payment', 'projection', 'shipping', 'stock']),
      )
      expect(wholesOf(shown, 'deadLetters')).toEqual(Object.fromEntries(groups.map((group) => [group, 0])))
    })
  })

  it('are the same with a second process at it, and after a restart', async () => {
    await system.start('api', 'api-2')
    const keepers = [1, 2, 3].map(() => makeFigureKeeper(orders, () => Promise.resolve(undefined)))
    await sql`INSERT INTO figure_due SELECT DISTINCT minute, 1, UTC_TIMESTAMP(3) FROM figure`.execute(orders)
    await Promise.all(keepers.map((keep) => keep()))
    await system.start('projection')
    await place({}, 'delivered')
    const expected = await countedOneByOne()
    expect(expected.placed).toEqual({ placed: 10 })
    await until((shown) => expect(ordersIn(shown)).toEqual(expected))
    await untilNothingIsDue()
    expect(ordersIn(await figures())).toEqual(expected)
    await system.process('api-2').stop()
  })

  it('are the same when they are made anew from the events', async () => {
    const before = await figures()
    await sql`DELETE FROM figure WHERE series IN ('status', 'reached', 'undone', 'confirmed')`.execute(orders)
    await sql`INSERT INTO figure VALUES (UTC_TIMESTAMP() - INTERVAL 20 MINUTE, 'status', 'delivered', 77)`.execute(
      orders,
    )
    expect(wholesOf(await figures(), 'placed')).toEqual({ placed: 77 })
    const env = { ...process.env, ...system.env }
    await promisify(execFile)(process.execPath, ['dist/workers/projection/rebuild/main.js', '--json'], { env })
    await until((shown) => expect(ordersIn(shown)).toEqual(ordersIn(before)))
    expect(wholesOf(await figures(), 'confirmedAfter')).toEqual(wholesOf(before, 'confirmedAfter'))
  })

  it('are for staff, and for a whole number of hours up to two days', async () => {
    expect((await customer.call('GET', '/v1/admin/figures')).status).toBe(403)
    for (const hours of ['0', '49', '1.5', 'all', '']) {
      expect((await admin.call('GET', `/v1/admin/figures?hours=${hours}`)).status, hours).toBe(422)
    }
    expect((await figures(48)).points).toHaveLength(96)
  })
})

describe('samples', () => {
  const health = (lag: number) => () => Promise.resolve(new Map([['stock' as const, { members: 1, lag }]]))
  const later = new Date(Date.now() + 5 * 3600_000)

  it('are taken once a minute, whoever is first', async () => {
    await takeSample(orders, health(7), later)
    await takeSample(orders, health(9), later)
    await takeSample(orders, () => Promise.resolve(undefined), new Date(later.getTime() + 60_000))
    const read = await readFigures(orders, lastHours(1, new Date(later.getTime() + 60_000)))
    expect(read.filter(({ series }) => series === 'lag')).toEqual([
      { part: 58, series: 'lag', name: 'stock', sum: 7, highest: 7 },
    ])
    expect(read.filter(({ series, part }) => series === 'letters' && part === 59)).toHaveLength(groups.length)
  })

  it('and all figures are kept for two weeks', async () => {
    const rows = [13, 15].map((days) => new Date(Math.floor((Date.now() - days * 24 * 3600_000) / 60_000) * 60_000))
    const values = rows.map((minute) => ({ minute, series: 'lag' as const, name: 'stock', value: 1 }))
    await orders.insertInto('figure').values(values).execute()
    await purgeFigures(orders, new Date())
    const old = await orders
      .selectFrom('figure')
      .select('minute')
      .where('minute', '<=', rows[0] ?? later)
      .execute()
    expect(old).toEqual([{ minute: rows[0] }])
  })
})

const untilNothingIsDue = () =>
  vi.waitFor(async () => expect(await orders.selectFrom('figure_due').select('minute').execute()).toEqual([]), {
    timeout: 60_000,
    interval: 500,
  })
