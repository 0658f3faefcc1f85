import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { encodeCursor } from '../api/cursor.ts'
import { addressId, customerId, orderId, sku } from '../domain/ids.ts'
import { money } from '../domain/money.ts'
import type { Order } from '../domain/order.ts'
import { makePlan } from '../domain/saga/plan.ts'
import { answered, start } from '../domain/saga/react.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { readConfig } from '../platform/config.ts'
import { databaseName, openDatabase } from '../platform/database.ts'
import { startSystem } from '../stack/system.ts'
import { printTable, quantile, rounded } from './figures.ts'

const { values: options } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    products: { type: 'string', default: '100000' },
    /** Of each kind, one after the other. */
    requests: { type: 'string', default: '300' },
  },
})
const [orders, products, requests] = [Number(options.orders), Number(options.products), Number(options.requests)]

type Database = Kysely<Record<string, never>>
type Kind = 'order' | 'customer' | 'address'

const newestAt = Date.UTC(2026, 0, 1)
const secondsApart = 30
const customers = 20_000
/** Coprime to round numbers, so `n * shuffle % orders` is a permutation: the orders of a page lie all over the table. */
const shuffle = 611_953

/** Ids in the shape of real ones, by number. */
const tails = { order: 'a', customer: 'b', address: 'c' } as const satisfies Record<Kind, string>
const uuid = (kind: Kind, n: number): string =>
  `${n.toString(16).padStart(8, '0')}-0000-4000-8000-00000000000${tails[kind]}`
const uuidOf = (kind: Kind, n: string) =>
  sql.raw(`CONCAT(LOWER(LPAD(HEX(${n}), 8, '0')), '-0000-4000-8000-00000000000${tails[kind]}')`)

const id = uuidOf('order', 'n')
const address = uuidOf('address', 'n')
/** One customer has a twentieth of all orders, the others share the rest. */
const customer = uuidOf('customer', `IF(CRC32(n) % 20 = 0, 0, 1 + CRC32(n) DIV 20 % ${customers - 1})`)
const placedAt = sql`(TIMESTAMP '2026-01-01 00:00:00' - INTERVAL age * ${secondsApart} SECOND)`
/** The newest are under way, one in a thousand is stuck, nearly all others are delivered. */
const status = sql`CASE
  WHEN age < ${orders} / 500 THEN ELT(1 + age % 4, 'placed', 'processing', 'confirmed', 'dispatched')
  WHEN age % 1000 = 7 THEN ELT(1 + age DIV 1000 % 2, 'failing', 'cancelling')
  WHEN age % 25 = 1 THEN 'cancelled'
  WHEN age % 25 = 2 THEN 'rejected'
  ELSE 'delivered' END`

const price = money(1_290, 'EUR')
const line = { sku: sku('MUG-CLASSIC'), name: 'Classic mug', quantity: 1, unitPrice: price, lineTotal: price }
const order: Order = {
  id: orderId('{order}'),
  customerId: customerId('{customer}'),
  lines: [line, { ...line, sku: sku('MUG-ENAMEL'), name: 'Enamel mug' }],
  total: money(2_580, 'EUR'),
  paymentMethod: 'pm_card_visa',
  addressId: addressId('{address}'),
  destination: { country: 'DE', postalCode: '10115' },
  placedAt: new Date(newestAt).toISOString(),
}

/** The saga's own events, so their size is the real one. */
function firstEvents() {
  const placed = start(order, makePlan(orderSaga, { retry: { firstMs: 30_000, attempts: 6 } }), 'f'.repeat(43))
  const answer = { step: 'stock', action: 'perform', round: 1, outcome: 'completed', at: order.placedAt } as const
  return [...placed.events, ...answered(placed.saga, answer).events]
}

/** The JSON with this row's ids in the places of the braces. */
const json = (value: unknown): RawBuilder<string> =>
  sql`REPLACE(REPLACE(REPLACE(${JSON.stringify(value)}, '{order}', ${id}), '{customer}', ${customer}), '{address}', ${address})`

/** A table of the numbers below `count`, doubled until it is there: not every database has sequences. */
async function fillNumbers(database: Database, count: number): Promise<void> {
  await sql`CREATE TABLE number (n INT PRIMARY KEY)`.execute(database)
  await sql`INSERT INTO number VALUES (0)`.execute(database)
  for (let have = 1; have < count; have *= 2) {
    await sql`INSERT INTO number SELECT n + ${have} FROM number WHERE n + ${have} < ${count}`.execute(database)
  }
}

/** Fills in pieces, as one statement is one transaction and would be all undo. */
async function inPieces(count: number, insert: (from: RawBuilder<unknown>) => Promise<unknown>): Promise<void> {
  const piece = 100_000
  for (let first = 0; first < count; first += piece) {
    const last = Math.min(first + piece, count) - 1
    await insert(
      sql`(SELECT n, n * ${shuffle} % ${count} AS age FROM ${numbers} WHERE n BETWEEN ${first} AND ${last}) AS numbered`,
    )
  }
}

/** Takes a table's other indexes away while it is filled: sorted once they are built in a fraction of the time. */
async function withoutIndexes(database: Database, table: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ name: string; parts: string }>`
    SELECT index_name AS name, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS parts
    FROM information_schema.statistics
    WHERE table_schema = DATABASE() AND table_name = ${table} AND index_name <> 'PRIMARY'
    GROUP BY index_name`.execute(database)
  const alter = (changes: readonly string[]) => sql.raw(`ALTER TABLE ${table} ${changes.join(', ')}`).execute(database)
  if (rows.length > 0) await alter(rows.map(({ name }) => `DROP INDEX ${name}`))
  await work()
  if (rows.length > 0) await alter(rows.map(({ name, parts }) => `ADD INDEX ${name} (${parts})`))
  await sql.raw(`ANALYZE TABLE ${table}`).execute(database)
}

async function fillOrders(database: Database): Promise<void> {
  await withoutIndexes(database, 'orders', () =>
    inPieces(orders, (from) =>
      sql`INSERT INTO orders (id, customer_id, status, needs_attention, placed_at, updated_at, version, fingerprint, body, payment)
        SELECT ${id}, ${customer}, ${status}, age % 1000 = 7, ${placedAt}, ${placedAt}, 2, ${'f'.repeat(43)},
          ${json(order)}, '{"status":"authorized","provider":"simulator"}' FROM ${from}`.execute(database),
    ),
  )
  for (const { sequence, type, data } of firstEvents()) {
    await inPieces(orders, (from) =>
      sql`INSERT INTO order_event (order_id, sequence, type, occurred_at, data)
        SELECT ${id}, ${sequence}, ${type}, ${placedAt}, ${json(data)} FROM ${from}`.execute(database),
    )
  }
  await sql`ANALYZE TABLE order_event`.execute(database)
}

const fillAddresses = (database: Database): Promise<void> =>
  withoutIndexes(database, 'address', () =>
    inPieces(orders, (from) =>
      sql`INSERT INTO address (id, order_id, customer_id, name, line1, city, postal_code, country)
        SELECT ${address}, ${id}, ${customer}, 'Ada Example', 'Street 1', 'Berlin', '10115', 'DE' FROM ${from}`.execute(
        database,
      ),
    ),
  )

const skuOf = (n: number): string => `BENCH-${String(n).padStart(8, '0')}`

/** The first half, by SKU, was archived long ago: what every catalogue comes to. */
async function fillProducts(database: Database): Promise<void> {
  const sku = sql`CONCAT('BENCH-', LPAD(n, 8, '0'))`
  await inPieces(products, (from) =>
    sql`INSERT INTO product (sku, name, description, price_minor, currency, archived)
      SELECT ${sku}, CONCAT('Product ', n), 'Stoneware, 330 ml.', 1290, 'EUR', n < ${products} / 2 FROM ${from}`.execute(
      database,
    ),
  )
  await inPieces(products, (from) =>
    sql`INSERT INTO stock_level (sku, available, reserved) SELECT ${sku}, 5000, 0 FROM ${from}`.execute(database),
  )
  await sql`ANALYZE TABLE product, stock_level`.execute(database)
}

const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
const system = await startSystem({
  logDir: dir,
  roles: ['api'],
  env: { DEMO: '1', LOG_LEVEL: 'warn', DATABASE_PREFIX: 'read_model_' },
})
const config = readConfig(system.env)
const numbers = sql.id(databaseName(config, 'orders'), 'number')

async function fill(): Promise<void> {
  const open = (name: 'orders' | 'shipping' | 'stock') => openDatabase<Record<string, never>>(config, name, 1)
  const databases = { orders: open('orders'), shipping: open('shipping'), stock: open('stock') }
  await fillNumbers(databases.orders, Math.max(orders, products))
  await fillOrders(databases.orders)
  await fillAddresses(databases.shipping)
  await fillProducts(databases.stock)
  await Promise.all(Object.values(databases).map((database) => database.destroy()))
}

type Call = (path: string) => Promise<number>

async function signIn(): Promise<Call> {
  const response = await fetch(`${system.apiUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@demo.test', password: 'admin-demo-1' }),
  })
  const { accessToken } = (await response.json()) as Readonly<Record<string, string>>
  return async (path) => {
    const begun = performance.now()
    const answer = await fetch(`${system.apiUrl}${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
    const body = await answer.text()
    const took = performance.now() - begun
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body}`)
    return took
  }
}

/** Evenly over 0 to `below`, by another step than the shuffle's: the pages of two requests share no rows. */
const pick = (n: number, below: number): number => (n * 2_654_435_761) % below
const deep = (n: number): string =>
  encodeCursor(new Date(newestAt - pick(n, orders) * secondsApart * 1000).toISOString(), uuid('order', 0))
const statuses = ['delivered', 'cancelled', 'rejected', 'failing', 'processing'] as const
const statusAt = (n: number): string => statuses[n % statuses.length] ?? 'delivered'

const probes: readonly (readonly [string, (n: number) => string])[] = [
  ['(an answer without a query)', () => '/healthz'],
  ['orders, first page', () => '/v1/orders'],
  ['orders, first page of 100', () => '/v1/orders?limit=100'],
  ['orders, deep page', (n) => `/v1/orders?cursor=${deep(n)}`],
  ['by status', (n) => `/v1/orders?status=${statusAt(n)}`],
  ['by status, deep page', (n) => `/v1/orders?status=${statusAt(n)}&cursor=${deep(n)}`],
  ['by customer', (n) => `/v1/orders?customerId=${uuid('customer', 1 + pick(n, customers - 1))}`],
  ['by the largest customer, deep page', (n) => `/v1/orders?customerId=${uuid('customer', 0)}&cursor=${deep(n)}`],
  ['by customer and status', (n) => `/v1/orders?customerId=${uuid('customer', 0)}&status=${statusAt(n)}`],
  ['needing attention', () => '/v1/orders?needsAttention=true'],
  ['needing attention, deep page', (n) => `/v1/orders?needsAttention=true&cursor=${deep(n)}`],
  ['needing attention, by status', (n) => `/v1/orders?needsAttention=true&status=${statusAt(n)}`],
  ['needing attention, by customer', () => `/v1/orders?needsAttention=true&customerId=${uuid('customer', 0)}`],
  ['one order', (n) => `/v1/orders/${uuid('order', pick(n, orders))}`],
  ['timeline', (n) => `/v1/orders/${uuid('order', pick(n, orders))}/timeline`],
  ['catalogue, first page', () => '/v1/products'],
  ['catalogue, deep page', (n) => `/v1/products?cursor=${encodeCursor(skuOf(pick(n, products)))}`],
]

async function measure(): Promise<void> {
  const call = await signIn()
  const warmUps = 30
  const rows: (readonly (string | number)[])[] = []
  for (const [at, [name, path]] of probes.entries()) {
    const times: number[] = []
    for (let n = 0; n < warmUps + requests; n += 1) times.push(await call(path(at * 1_000 + n)))
    const measured = times.slice(warmUps)
    rows.push([name, ...[0.5, 0.95, 0.99, 1].map((part) => rounded(quantile(measured, part), 1))])
  }
  printTable(`${requests} requests of each kind, one after the other; ms`, [['', 'p50', 'p95', 'p99', 'most'], ...rows])
}

try {
  const begun = performance.now()
  await fill()
  console.log(`${orders} orders and ${products} products in ${rounded((performance.now() - begun) / 1000)} s`)
  await measure()
} finally {
  await system.stop()
  await rm(dir, { recursive: true, force: true })
}
