import { type Kysely, type Selectable, sql } from 'kysely'
import { isOver, type OrderStatus, overStatuses } from '../../domain/order.ts'
import { eventId, type OrderEvent, subjectOf } from '../../domain/saga/event.ts'
import { orderId } from '../../domain/ids.ts'
import type { OrderEventTable, OrdersTables, OrderTable } from './tables.ts'
import { countedTypes, timesTold, whyUndone } from './figures/behind.ts'

type Database = Kysely<OrdersTables>

export type OrderRow = Selectable<OrderTable>

/** Whose orders may be seen. Spelled out on purpose: forgetting it must not mean everyone's. */
export type Visible = { readonly of: string } | 'all'

/**
 * Orders stand newest first, those that wait by how long they have been waiting; a page begins after the last order of
 * the page before it.
 */
export type Position = { readonly placedAt: Date; readonly id: string } | { readonly since: Date; readonly id: string }

export type OrderFilter = {
  readonly customerId?: string | undefined
  readonly status?: OrderStatus | undefined
  readonly needsAttention?: boolean | undefined
  /** Orders with a line of it. */
  readonly sku?: string | undefined
  readonly placedFrom?: Date | undefined
  /** Not this moment itself. */
  readonly placedTo?: Date | undefined
  /** Which had this event. What the other filters leave is looked through. */
  readonly told?: string | undefined
  /** Of which something was undone, because of this; looked through as well. */
  readonly undoneFor?: string | undefined
  /** A step, or `customer`, that the order waits for. With this or the next one: those first that wait the longest. */
  readonly waitingFor?: string | undefined
  /** Waiting for anybody since before this moment. */
  readonly waitingSince?: Date | undefined
  /** Only some of these; not too many. */
  readonly ids?: readonly string[] | undefined
  readonly after?: Position | undefined
  readonly limit: number
}

/** @returns undefined as well where the order is another customer's. */
export async function findOrder(database: Database, id: string, visible: Visible): Promise<OrderRow | undefined> {
  const query = database.selectFrom('orders').selectAll().where('id', '=', id)
  return (visible === 'all' ? query : query.where('customer_id', '=', visible.of)).executeTakeFirst()
}

/** The cheapest look at an order that somebody waits for. */
export async function findStatus(database: Database, id: string): Promise<OrderStatus | undefined> {
  const row = await database.selectFrom('orders').select('status').where('id', '=', id).executeTakeFirst()
  return row?.status
}

/** The cheapest look at whether anything has happened to an order. */
export async function findVersion(database: Database, id: string): Promise<number | undefined> {
  const row = await database.selectFrom('orders').select('version').where('id', '=', id).executeTakeFirst()
  return row?.version
}

/** At most `limit` orders. */
export async function listOrders(
  database: Database,
  visible: Visible,
  filter: OrderFilter,
): Promise<readonly OrderRow[]> {
  const { customerId, status, needsAttention, sku, placedFrom, placedTo, told, undoneFor, ids, after, limit } = filter
  const { waitingFor, waitingSince } = filter
  const waiting = waitingFor !== undefined || waitingSince !== undefined
  if (ids?.length === 0) return []
  if (visible !== 'all' && customerId !== undefined && customerId !== visible.of) return []
  const owner = visible === 'all' ? customerId : visible.of
  // the product's orders are looked through, unless another filter leaves fewer
  const byLine =
    sku !== undefined && ids === undefined && !waiting && needsAttention !== true && (!status || isOver(status))
  // said of the table that is read first, so that its index gives range and order
  const column = <Type>(name: 'customer_id' | 'placed_at' | 'id') =>
    sql<Type>`${sql.ref(byLine ? `order_line.${name === 'id' ? 'order_id' : name}` : `orders.${name}`)}`
  const [placed, id] = [column<Date>('placed_at'), column<string>('id')]
  const [at, direction] = waiting ? ([sql<Date>`orders.waiting_since`, 'asc'] as const) : ([placed, 'desc'] as const)
  const [further, notNearer] = waiting ? (['>', '>='] as const) : (['<', '<='] as const)
  const page = waiting ? ['longest_waiting'] : pageIndexes(owner, status, needsAttention)
  const indexes = ids === undefined ? page : ['PRIMARY']
  return database
    .selectFrom(byLine ? lines(owner === undefined ? 'PRIMARY' : 'newest_of_customer') : ordersBy(indexes))
    .selectAll('orders')
    .$if(byLine, (query) => query.where(sql`order_line.sku`, '=', sku ?? ''))
    .$if(!byLine && sku !== undefined, (query) => query.where(timesInLines(sku ?? ''), '=', 1))
    .$if(owner !== undefined, (query) => query.where(column<string>('customer_id'), '=', owner ?? ''))
    .$if(status !== undefined, (query) => query.where('orders.status', '=', status ?? 'placed'))
    .$if(needsAttention !== undefined, (query) => query.where('orders.needs_attention', '=', needsAttention ? 1 : 0))
    .$if(ids !== undefined, (query) => query.where('orders.id', 'in', ids ?? []))
    .$if(waiting, (query) => query.where('orders.waiting_since', '<', waitingSince ?? new Date()))
    .$if(waiting, (query) => query.where('orders.status', 'not in', overStatuses))
    .$if(waitingFor !== undefined, (query) => query.where(isAmongWaits(waitingFor ?? ''), '>', 0))
    .$if(placedFrom !== undefined, (query) => query.where(placed, '>=', placedFrom ?? new Date(0)))
    .$if(placedTo !== undefined, (query) => query.where(placed, '<', placedTo ?? new Date(0)))
    .$if(told !== undefined, (query) => query.where(timesTold(told ?? ''), '>', 0))
    .$if(undoneFor !== undefined, (query) =>
      query.where(whyUndone, '=', undoneFor ?? '').where(timesTold(countedTypes.undone), '>', 0),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => {
        const last = momentOf(after)
        // the first condition alone is a range of the index
        return eb.and([eb(at, notNearer, last), eb.or([eb(at, further, last), eb(id, further, after?.id ?? '')])])
      }),
    )
    .orderBy(at, direction)
    .orderBy(id, direction)
    .limit(limit)
    .execute()
}

const momentOf = (after: Position | undefined): Date =>
  after === undefined ? new Date(0) : 'since' in after ? after.since : after.placedAt

/** By the index alone, before a row is looked at. */
const isAmongWaits = (name: string) => sql<number>`FIND_IN_SET(${name}, orders.waiting_for)`

/**
 * The indexes a page may be read by, named in the query. Left to itself the database takes every range above half of a
 * large table for half of it, finds one index as good as another, and walks over all orders before a deep page begins.
 */
function pageIndexes(owner?: string, status?: string, needsAttention?: boolean): readonly string[] {
  // few orders need attention, so that index may serve better than the filter's own; the others are nearly all
  const alternative = needsAttention === true ? ['newest_by_attention'] : []
  if (owner !== undefined && status !== undefined) return ['newest_of_customer_by_status', ...alternative]
  if (owner !== undefined) return ['newest_of_customer', ...alternative]
  if (status !== undefined) return ['newest_by_status', ...alternative]
  return [needsAttention === undefined ? 'newest' : 'newest_by_attention']
}

const forced = (table: 'orders' | 'order_line', indexes: readonly string[]) =>
  sql`${sql.id(table)} FORCE INDEX (${sql.join(indexes.map((index) => sql.id(index)))})`

const ordersBy = (indexes: readonly string[]) => sql<OrderTable>`orders`.as<'orders'>(forced('orders', indexes))

/** The orders of a product, by its lines. */
const lines = (index: 'PRIMARY' | 'newest_of_customer') =>
  sql<OrderTable>`order_line`.as<'orders'>(
    sql`${forced('order_line', [index])} STRAIGHT_JOIN ${forced('orders', ['PRIMARY'])} ON orders.id = order_line.order_id`,
  )

/** Counted rather than joined, so that the page keeps being read in the order of its index. */
const timesInLines = (sku: string) => sql<number>`(SELECT COUNT(*) FROM order_line AS line
  WHERE line.sku = ${sku} AND line.placed_at = orders.placed_at AND line.order_id = orders.id)`

/** Ids of orders that begin so, some of them at most. */
export async function findIdsByPrefix(
  database: Database,
  visible: Visible,
  prefix: string,
  most: number,
): Promise<readonly string[]> {
  const query = database.selectFrom('orders').select('id').where('id', 'like', `${prefix}%`).limit(most)
  const rows = await (visible === 'all' ? query : query.where('customer_id', '=', visible.of)).execute()
  return rows.map(({ id }) => id)
}

/** Ids of orders of customers whose own id begins so, some of them at most. */
export async function findIdsByCustomerPrefix(database: Database, prefix: string, most: number) {
  const rows = await database
    .selectFrom(ordersBy(['newest_of_customer']))
    .select('orders.id')
    .where('orders.customer_id', 'like', `${prefix}%`)
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** Whose these orders are, and up to which event they are folded in; by order. */
export async function findStandings(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly customerId: string; readonly version: number }>> {
  if (ids.length === 0) return new Map()
  const query = database.selectFrom('orders').select(['id', 'customer_id', 'version']).where('id', 'in', ids)
  const rows = await query.execute()
  return new Map(rows.map(({ id, customer_id: customerId, version }) => [id, { customerId, version }]))
}

/** The events of an order after a sequence, first to last; none where the order is unknown or another customer's. */
export const listEvents = (
  database: Database,
  id: string,
  visible: Visible,
  after = 0,
): Promise<readonly OrderEvent[]> => eventsIn(database, 'order_event', id, visible, after)

/** As `listEvents`, those of the order's returns, which count a sequence of their own. */
export const listReturnEvents = (database: Database, id: string, visible: Visible): Promise<readonly OrderEvent[]> =>
  eventsIn(database, 'return_event', id, visible, 0)

async function eventsIn(
  database: Database,
  table: 'order_event' | 'return_event',
  id: string,
  visible: Visible,
  after: number,
): Promise<readonly OrderEvent[]> {
  const query = database
    .selectFrom(`${table} as e`)
    .innerJoin('orders', 'orders.id', 'e.order_id')
    .select(['e.sequence', 'e.type', 'e.occurred_at', 'e.data', 'e.traceparent'])
    .where('e.order_id', '=', id)
    .where('e.sequence', '>', after)
    .orderBy('e.sequence')
  const rows = await (visible === 'all' ? query : query.where('orders.customer_id', '=', visible.of)).execute()
  return rows.map((row) => eventOf(id, row))
}

/** As `listEvents` of several orders, whoever's they are; not too many. */
export async function listEventsOf(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly OrderEvent[]>> {
  const found = new Map<string, OrderEvent[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return found
  const rows = await database
    .selectFrom('order_event')
    .selectAll()
    .where('order_id', 'in', ids)
    .orderBy('order_id')
    .orderBy('sequence')
    .execute()
  for (const row of rows) found.get(row.order_id)?.push(eventOf(row.order_id, row))
  return found
}

type StoredEvent = Omit<Selectable<OrderEventTable>, 'order_id'>

const eventOf = (id: string, { sequence, type, occurred_at, data, traceparent }: StoredEvent): OrderEvent => ({
  id: eventId(subjectOf(id, type), sequence),
  // only what a workflow emitted was ever stored
  type: type as OrderEvent['type'],
  orderId: orderId(id),
  sequence,
  time: occurred_at.toISOString(),
  ...(traceparent !== null && { traceparent }),
  data,
})
