import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { wants } from '../../domain/webhooks/filter.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { bodyOf } from './body.ts'
import type { WebhookTables } from './tables.ts'

type Database = Kysely<WebhookTables>

/** An order's clock and the one that an endpoint was made by may differ by so much. */
const skewMs = 5_000
/** Orders of which it is remembered that their owner is stored. */
const remembered = 20_000

/** Starts the workflow of a delivery; one that was started before is left alone. */
export type StartDelivery = (delivery: {
  readonly id: string
  readonly endpointId: string
  readonly eventId: string
}) => Promise<void>

type Needs = {
  readonly database: Database
  readonly start: StartDelivery
  /** No older events are delivered. */
  readonly keepMs: number
  readonly publicUrl: string
}

/**
 * Makes a delivery of each event for each endpoint that wants it, as a row first and then as a workflow, so that a batch
 * that comes again makes none twice: rows have a natural key, and those that are over are not started. Without
 * endpoints a batch costs one query, and one row for each new order: an endpoint hears of what is published once it is
 * made, so none can be left out on an older answer, and of orders that were placed before it, too.
 */
export function makeTake({ database, start, keepMs, publicUrl }: Needs) {
  const stored = new Set<string>()

  async function storeOwners(events: readonly OrderEvent[]): Promise<void> {
    const fresh = new Map(
      events.flatMap(({ orderId, data: { order } }) =>
        order === undefined || stored.has(orderId) ? [] : [[orderId, order.customerId] as const],
      ),
    )
    if (fresh.size === 0) return
    const rows = [...fresh].map(([order_id, customer_id]) => ({ order_id, customer_id }))
    await database.insertInto('order_owner').ignore().values(rows).execute()
    for (const { order_id: id } of rows) stored.add(id)
    for (const oldest of stored) {
      if (stored.size <= remembered) break
      stored.delete(oldest)
    }
  }

  return async (events: readonly OrderEvent[]): Promise<void> => {
    await storeOwners(events)
    const endpoints = await listeners(database, [...new Set(events.map(({ orderId }) => orderId))])
    if (endpoints.length === 0) return
    const oldest = Date.now() - keepMs
    const rows = events.flatMap((event) => {
      const at = Date.parse(event.time)
      return endpoints
        .filter(
          ({ orderId, events: wanted }) => (orderId ?? event.orderId) === event.orderId && wants(wanted, event.type),
        )
        .filter(({ createdAt }) => at >= createdAt.getTime() - skewMs && at >= oldest)
        .map(({ id, seesAll }) =>
          rowOf(event, id, bodyOf(event, seesAll ? { sees: 'all', publicUrl } : { sees: 'own' })),
        )
    })
    if (rows.length > 0) await deliver(database, rows, start)
  }
}

type Listener = {
  readonly id: string
  /** The order that it hears of; null: all. */
  readonly orderId: string | null
  readonly seesAll: boolean
  readonly events: readonly string[]
  readonly createdAt: Date
}

/** Enabled endpoints of those who see all orders, and of these orders' customers. */
async function listeners(database: Database, orderIds: readonly string[]): Promise<readonly Listener[]> {
  const own = database
    .selectFrom('order_owner')
    .innerJoin('endpoint', 'endpoint.owner_id', 'order_owner.customer_id')
    .select(['endpoint.id', 'order_owner.order_id', 'endpoint.events', 'endpoint.created_at'])
    .where('order_owner.order_id', 'in', orderIds)
    .where('endpoint.owner_kind', '=', 'customer')
    .where('endpoint.disabled_by', 'is', null)
  const rows = await database
    .selectFrom('endpoint')
    .select((eb) => ['id', eb.val(null).$castTo<string | null>().as('order_id'), 'events', 'created_at'])
    .where('owner_kind', 'in', ['admin', 'program'])
    .where('disabled_by', 'is', null)
    .unionAll(own)
    .execute()
  return rows.map(({ id, order_id: orderId, events, created_at: createdAt }) => ({
    id,
    orderId,
    seesAll: orderId === null,
    events: events.split(' '),
    createdAt,
  }))
}

const rowOf = ({ id, type, orderId }: OrderEvent, endpointId: string, body: string) => {
  const now = new Date()
  return {
    id: randomUUID(),
    endpoint_id: endpointId,
    event_id: id,
    type,
    order_id: orderId,
    body,
    status: 'pending' as const,
    next_at: now,
    created_at: now,
    updated_at: now,
  }
}

async function deliver(database: Database, rows: readonly ReturnType<typeof rowOf>[], start: StartDelivery) {
  for (let from = 0; from < rows.length; from += 200) {
    const some = rows.slice(from, from + 200)
    await database.insertInto('delivery').ignore().values(some).execute()
    const pending = await database
      .selectFrom('delivery')
      .select(['id', 'endpoint_id', 'event_id'])
      .where('status', '=', 'pending')
      .where((eb) =>
        eb(
          eb.refTuple('endpoint_id', 'event_id'),
          'in',
          some.map(({ endpoint_id: endpoint, event_id: event }) => eb.tuple(endpoint, event)),
        ),
      )
      .execute()
    await Promise.all(
      pending.map(({ id, endpoint_id: endpointId, event_id: eventId }) => start({ id, endpointId, eventId })),
    )
  }
}
