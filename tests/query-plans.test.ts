import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { countUnsettled } from '../workers/projection/backlog.ts'
import * as board from '../workers/projection/board.ts'
import { countEvents, countStatuses } from '../workers/projection/figures/fold.ts'
import { readFigures } from '../workers/projection/figures/read.ts'
import { countOpenLetters } from '../workers/projection/figures/sample.ts'
import { lastHours } from '../workers/projection/figures/time.ts'
import * as orderQueries from '../workers/projection/queries.ts'
import * as returnQueries from '../workers/projection/return-queries.ts'
import { ordersMigrations, type OrdersTables } from '../workers/projection/tables.ts'
import * as catalogue from '../workers/stock/catalogue.ts'
import { stockMigrations, type StockTables } from '../workers/stock/tables.ts'
import { eventsOf, linesOf, newestAt, regular, returnOf } from './support/query-plan-rows.ts'
import {
  archived,
  behind,
  filled,
  letters,
  lists,
  middle,
  products,
  searches,
  skus,
  sold,
  stuck,
  times,
  waiting,
  waitings,
} from './support/query-plan-cases.ts'
import { type Case, complaints, examine, expectGood, limit, mostPerPage } from './support/query-plan.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
// one connection each, as rows read are counted by connection
const orders = openDatabase<OrdersTables>(config, 'orders', 1)
const stock = openDatabase<StockTables>(config, 'stock', 1)

const owner = { of: middle.customer_id }

async function fillOrders(): Promise<void> {
  for (let first = 0; first < filled.length; first += 1_000) {
    const rows = filled.slice(first, first + 1_000)
    await orders.insertInto('orders').values(rows).execute()
    await orders.insertInto('order_event').values(rows.flatMap(eventsOf)).execute()
    await orders.insertInto('order_line').values(rows.flatMap(linesOf)).execute()
  }
  const returned = filled.filter(({ status }) => status === 'delivered').slice(0, 15_000)
  for (let first = 0; first < returned.length; first += 1_000) {
    const rows = returned.slice(first, first + 1_000)
    await orders.insertInto('order_return').values(rows.map(returnOf)).execute()
    await orders.insertInto('return_event').values(rows.flatMap(eventsOf)).execute()
  }
  await sql`ANALYZE TABLE orders, order_event, order_line, order_return, return_event`.execute(orders)
}

async function fillCatalogue(): Promise<void> {
  await stock.insertInto('product').values(products).execute()
  await stock
    .insertInto('stock_level')
    .values(skus.map((sku) => ({ sku, available: 1, reserved: 0 })))
    .execute()
  await sql`ANALYZE TABLE product, stock_level`.execute(stock)
}

beforeAll(async () => {
  await migrate(config, 'orders', ordersMigrations)
  await migrate(config, 'stock', stockMigrations)
  await fillOrders()
  await fillCatalogue()
})
afterAll(async () => {
  await orders.destroy()
  await stock.destroy()
})

const someIds = filled.slice(9_990, 10_010).map(({ id }) => id)

const ordersCases: readonly Case<OrdersTables>[] = [
  ...[...searches, ...times].map(({ visible, filter }) => ({
    query: 'listOrders',
    given: JSON.stringify({ visible, ...filter }),
    run: (database: Kysely<OrdersTables>) => orderQueries.listOrders(database, visible, filter),
    // the stuck are few and looked through, each with its line; a status is sought among the product's newest, of which
    // a hundred are under way
    more: 'needsAttention' in filter ? 3 * stuck : 'status' in filter ? 2 * (limit + 100) : 0,
  })),
  ...[...behind, ...waitings].map(({ filter, more }) => ({
    query: 'listOrders',
    given: JSON.stringify(filter),
    run: (database: Kysely<OrdersTables>) => orderQueries.listOrders(database, 'all', filter),
    more,
  })),
  {
    query: 'listOrders',
    given: 'some ids',
    run: (database) => orderQueries.listOrders(database, 'all', { ids: someIds, limit }),
  },
  {
    query: 'listOrders',
    given: 'some ids and a product',
    run: (database) => orderQueries.listOrders(database, owner, { ids: someIds, sku: 'COMMON', limit }),
  },
  {
    query: 'findIdsByPrefix',
    run: (database) => orderQueries.findIdsByPrefix(database, 'all', someIds[0] ?? '', limit),
  },
  {
    query: 'findIdsByPrefix',
    given: 'own, short',
    run: (database) => orderQueries.findIdsByPrefix(database, owner, middle.id.slice(0, 4), limit),
  },
  {
    query: 'findIdsByCustomerPrefix',
    run: (database) => orderQueries.findIdsByCustomerPrefix(database, regular.slice(0, 8), limit),
  },
  ...lists.map(({ visible, filter }) => ({
    query: 'listOrders',
    given: JSON.stringify({ visible, ...filter }),
    run: (database: Kysely<OrdersTables>) => orderQueries.listOrders(database, visible, filter),
    // few orders are stuck: looking through them costs less than one more index on every order
    more: filter.needsAttention === undefined ? 0 : stuck,
  })),
  { query: 'findOrder', run: (database) => orderQueries.findOrder(database, middle.id, 'all') },
  { query: 'findOrder', given: 'own', run: (database) => orderQueries.findOrder(database, middle.id, owner) },
  { query: 'findStandings', run: (database) => orderQueries.findStandings(database, someIds) },
  { query: 'findStatus', run: (database) => orderQueries.findStatus(database, middle.id) },
  { query: 'findVersion', run: (database) => orderQueries.findVersion(database, middle.id) },
  { query: 'listEvents', run: (database) => orderQueries.listEvents(database, middle.id, 'all') },
  { query: 'listEventsOf', run: (database) => orderQueries.listEventsOf(database, someIds) },
  {
    query: 'listEvents',
    given: 'own, resumed',
    run: (database) => orderQueries.listEvents(database, middle.id, owner, 1),
  },
]

const returnsAfter = { requestedAt: middle.placed_at, orderId: middle.id, number: 1 }
const returnCases: readonly Case<OrdersTables>[] = [
  { query: 'listReturnEvents', run: (database) => orderQueries.listReturnEvents(database, middle.id, owner) },
  { query: 'listReturnsOf', run: (database) => returnQueries.listReturnsOf(database, middle.id, 'all') },
  { query: 'listReturnsOf', given: 'own', run: (database) => returnQueries.listReturnsOf(database, middle.id, owner) },
  ...[undefined, returnsAfter].flatMap((position) =>
    [undefined, 'requested' as const, 'completed' as const].map((status) => ({
      query: 'listReturns',
      given: JSON.stringify({ status, position }),
      run: (database: Kysely<OrdersTables>) => returnQueries.listReturns(database, { status, after: position, limit }),
    })),
  ),
]

const catalogueCases: readonly Case<StockTables>[] = [
  { query: 'listProducts', given: 'first page', run: (database) => catalogue.listProducts(database, limit) },
  { query: 'listProducts', given: 'deep page', run: (database) => catalogue.listProducts(database, limit, sold) },
  { query: 'listProducts', given: 'archived', run: (database) => catalogue.listProducts(database, limit, archived) },
  { query: 'findProduct', run: (database) => catalogue.findProduct(database, sold) },
  { query: 'findProduct', given: 'archived', run: (database) => catalogue.findProduct(database, archived, true) },
  { query: 'findOffers', run: (database) => catalogue.findOffers(database, skus.slice(-limit)) },
  { query: 'changeProduct', run: (database) => catalogue.changeProduct(database, sold, { name: 'Another' }) },
]

describe('a query follows an index and stops where its page ends', () => {
  it.each([...ordersCases, ...returnCases])('$query $given', (one) => expectGood(orders, one))
  it.each(catalogueCases)('$query $given', (one) => expectGood(stock, one))

  it('and every query there is was asked', () => {
    const asked = new Set([...ordersCases, ...returnCases, ...catalogueCases].map(({ query }) => query))
    const inserts = ['createProduct', 'createProductWithin']
    expect(Object.keys({ ...orderQueries, ...returnQueries, ...catalogue }).toSorted()).toEqual(
      [...asked, ...inserts].toSorted(),
    )
  })
})

it('the backlog is counted in an index alone, and no further than asked', async () => {
  const { plan, read } = await examine(orders, (database) => countUnsettled(database, limit))
  expect(plan.find(({ table }) => table === 'orders')).toMatchObject({
    key: 'newest_by_status',
    Extra: expect.stringContaining('Using index'),
  })
  expect(read).toBeLessThanOrEqual(mostPerPage)
  expect(await countUnsettled(orders, limit)).toBe(limit)
})

describe('the board', () => {
  const since = new Date(newestAt - 60_000)
  beforeAll(async () => {
    await orders.insertInto('dead_letter').values(letters).execute()
    await sql`ANALYZE TABLE dead_letter`.execute(orders)
  })

  it.each([
    ['needs attention', 'newest_by_attention', board.countAttention],
    ['are being undone', 'newest_by_status', board.countCompensating],
    ['are dead-lettered', 'orders_by_state', board.countDeadLettered],
    [
      'wait',
      'longest_waiting',
      (database: Kysely<OrdersTables>, most: number) => board.countWaits(database, since, most),
    ],
    ['may be looked up as dead-lettered', 'orders_by_state', board.findDeadLettered],
  ] as const)('counts those that %s in the index %s alone, and no further than asked', async (_, index, count) => {
    const { plan, read } = await examine(orders, (database) => count(database, limit))
    expect(plan.find(({ key }) => key === index)).toMatchObject({
      type: expect.stringMatching(/^(ref|range)$/),
      Extra: expect.stringContaining('Using index'),
    })
    // what was found is counted, or grouped, once more
    expect(read).toBeLessThanOrEqual(mostPerPage)
  })

  it('counts each order once, and each view of its own', async () => {
    const open = letters.filter(({ state }) => state === 'open').map(({ order_id }) => order_id)
    expect(await board.countBoard(orders, new Date(newestAt + 1), 1_000)).toEqual({
      needsAttention: stuck,
      compensating: filled.filter(({ status }) => status === 'failing' || status === 'cancelling').length,
      deadLettered: new Set(open).size,
      waiting,
      waitingFor: { payment: waiting - 100, stock: waiting - 100, shipping: 100 },
    })
  })
})

describe('figures', () => {
  const minute = new Date(middle.placed_at.getTime() - (middle.placed_at.getTime() % 60_000))

  it('of a minute are counted in an index alone, or from its orders and their events, and nothing else is read', async () => {
    const statuses = await examine(orders, (database) => countStatuses(database, minute))
    expect(statuses.plan).toMatchObject([{ key: 'newest_by_status', Extra: expect.stringContaining('Using index') }])
    expect(statuses.read).toBeLessThanOrEqual(2 * 60)
    const events = await examine(orders, (database) => countEvents(database, minute))
    expect(events.plan.map(({ key }) => key)).toEqual(['newest', 'PRIMARY'])
    // an entry, a row and two events of each order, sorted to be grouped
    expect(events.read).toBeLessThanOrEqual(8 * 60)
  })

  it('of hours are read from those of their minutes, and from no others', async () => {
    const minutes = Array.from({ length: 5_000 }, (_, age) => new Date(minute.getTime() - age * 60_000))
    const values = minutes.map((at) => ({ minute: at, series: 'lag' as const, name: 'stock', value: 1 }))
    await orders.insertInto('figure').values(values).execute()
    await sql`ANALYZE TABLE figure`.execute(orders)
    const { plan, read } = await examine(orders, (database) => readFigures(database, lastHours(1, minute)))
    expect(plan).toMatchObject([{ type: 'range', key: 'PRIMARY' }])
    expect(read).toBeLessThanOrEqual(60 * 5)
  })

  it('count open dead letters in an index alone', async () => {
    const { plan } = await examine(orders, (database) => countOpenLetters(database))
    expect(plan).toEqual([expect.objectContaining({ key: 'by_cause', Extra: expect.stringContaining('Using index') })])
  })
})

describe('this check refuses', () => {
  const all = (database: Kysely<OrdersTables>) => database.selectFrom('orders').selectAll().limit(limit)

  it('a query without an index', async () => {
    const query = (database: typeof orders) => all(database).where('version', '=', 2).orderBy('updated_at').execute()
    const { plan, read } = await examine(orders, query)
    expect(complaints(plan)).toEqual([expect.stringMatching(/^scans all of orders/), expect.stringMatching(/^sorts/)])
    expect(read).toBeGreaterThan(mostPerPage)
  })

  it('a query that reads an index from end to end', async () => {
    const query = (database: typeof orders) => database.selectFrom('orders').select('placed_at')
    const { plan } = await examine(orders, (database) => query(database).where('id', 'like', '%0').execute())
    expect(complaints(plan)).toEqual([expect.stringMatching(/^scans a whole index of orders/)])
  })

  it('a page that is reached by counting, though its plan looks good', async () => {
    const query = (database: typeof orders) => all(database).orderBy('placed_at').orderBy('id').offset(5_000).execute()
    expect((await examine(orders, query)).read).toBeGreaterThan(mostPerPage)
  })
})
