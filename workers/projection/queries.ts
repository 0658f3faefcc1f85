import { type Kysely, type Selectable, sql } from 'kysely'
import type { OrderStatus } from '../../domain/order.ts'
import { eventId, type OrderEvent, subjectOf } from '../../domain/saga/event.ts'
import { orderId } from '../../domain/ids.ts'
import type { OrdersTables, OrderTable } from './tables.ts'

type Database = Kysely<OrdersTables>

export type OrderRow = Selectable<OrderTable>

/** Whose orders may be seen. Spelled out on purpose: forgetting it must not mean everyone's. */
export type Visible = { readonly of: string } | 'all'

/** Orders stand newest first; a page begins after the last order of the page before it. */
export type Position = { readonly placedAt: Date; readonly id: string }

export type OrderFilter = {
  readonly customerId?: string | undefined
  readonly status?: OrderStatus | undefined
  readonly needsAttention?: boolean | undefined
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
  { customerId, status, needsAttention, after, limit }: OrderFilter,
): Promise<readonly OrderRow[]> {
  if (visible !== 'all' && customerId !== undefined && customerId !== visible.of) return []
  const owner = visible === 'all' ? customerId : visible.of
  return database
    .selectFrom(ordersBy(pageIndexes(owner, status, needsAttention)))
    .selectAll()
    .$if(owner !== undefined, (query) => query.where('customer_id', '=', owner ?? ''))
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'placed'))
    .$if(needsAttention !== undefined, (query) => query.where('needs_attention', '=', needsAttention ? 1 : 0))
    .$if(after !== undefined, (query) =>
      query.where((eb) => {
        const { placedAt, id } = after ?? { placedAt: new Date(0), id: '' }
        // the first condition alone is a range of the index
        return eb.and([eb('placed_at', '<=', placedAt), eb.or([eb('placed_at', '<', placedAt), eb('id', '<', id)])])
      }),
    )
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

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

const ordersBy = (indexes: readonly string[]) =>
  sql<OrderTable>`orders`.as<'orders'>(sql`orders FORCE INDEX (${sql.join(indexes.map((index) => sql.id(index)))})`)

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
  return rows.map(({ sequence, type, occurred_at, data, traceparent }) => ({
    id: eventId(subjectOf(id, type), sequence),
    // only what a workflow emitted was ever stored
    type: type as OrderEvent['type'],
    orderId: orderId(id),
    sequence,
    time: occurred_at.toISOString(),
    ...(traceparent !== null && { traceparent }),
    data,
  }))
}
