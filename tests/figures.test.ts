import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Figures } from '../api/figures/document.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { System } from '../stack/system.ts'
import { makeFigureKeeper } from '../workers/projection/figures/keep.ts'
import { readFigures } from '../workers/projection/figures/read.ts'
import { purgeFigures, takeSample } from '../workers/projection/figures/sample.ts'
import { lastHours } from '../workers/projection/figures/time.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type OrderBody, type Person, register, signInAdmin } from './support/shop.ts'

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

async function place(wish: Parameters<Person['place']>[0], end: string): Promise<OrderBody> {
  const { body } = await customer.place({ sku, ...wish })
  return customer.until(body.id, end)
}

/** Five that arrive, two declined, one out of stock, one that a customer changes their mind about. */
async function placeAll(): Promise<void> {
  const arriving = Array.from({ length: 5 }, () => place({ sku }, 'delivered'))
  const declined = [1, 2].map(() => place({ sku, paymentMethod: 'pm_card_visa_chargeDeclined' }, 'rejected'))
  const { body: cancelled } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
  await vi.waitFor(async () => {
    const types = (await customer.timeline(cancelled.id)).map(({ type }) => type)
    expect(types).toContain('order.stock_reserved')
  })
  await customer.call('POST', `/v1/orders/${cancelled.id}/cancellation`, {})
  await Promise.all([...arriving, ...declined, customer.until(cancelled.id, 'cancelled')])
  await place({ sku: await newProduct(admin, 0) }, 'rejected')
}

const expected = {
  placed: { placed: 9 },
  funnel: { placed: 9, stock: 8, payment: 6, shipping: 5, confirmed: 5, dispatched: 5, delivered: 5 },
  outcomes: { delivered: 5, rejected: 3, cancelled: 1 },
  compensations: { 'payment:card_declined': 2, 'stock:out_of_stock': 1, cancelled: 1 },
}

describe('the figures', () => {
  it('add up to the orders there are, whatever became of them', async () => {
    await placeAll()
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
    for (const [part, from] of shown.points.entries()) {
      const to = shown.points[part + 1] ?? shown.to
      const rejected = shown.series.find(({ figure, name }) => figure === 'outcomes' && name === 'rejected')
      const path = `/v1/orders?status=rejected&placedFrom=${from}&placedTo=${to}`
      if (rejected?.values[part] === 0) continue
      const { body } = await admin.call<{ items: readonly unknown[] }>('GET', path)
      expect(body.items).toHaveLength(rejected?.values[part] ?? 0)
    }
  })

  it('have a sample of the lag and of the open dead letters', async () => {
    await until((shown) => {
      expect(Object.keys(wholesOf(shown, 'lag'))).toEqual(['payment', 'projection', 'shipping', 'stock'])
      expect(wholesOf(shown, 'deadLetters')).toEqual({ payment: 0, projection: 0, shipping: 0, stock: 0 })
    })
  })

  it('are the same with a second process at it, and after a restart', async () => {
    await system.start('api', 'api-2')
    const keepers = [1, 2, 3].map(() => makeFigureKeeper(orders, () => Promise.resolve(undefined)))
    await sql`INSERT INTO figure_due SELECT DISTINCT minute, 1, UTC_TIMESTAMP(3) FROM figure`.execute(orders)
    await Promise.all(keepers.map((keep) => keep()))
    await system.start('projection')
    await place({ sku }, 'delivered')
    await until((shown) => expect(wholesOf(shown, 'outcomes')).toEqual({ ...expected.outcomes, delivered: 6 }))
    await untilNothingIsDue()
    expect(wholesOf(await figures(), 'placed')).toEqual({ placed: 10 })
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
    expect(read.filter(({ series, part }) => series === 'letters' && part === 59)).toHaveLength(4)
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
