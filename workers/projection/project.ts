import { type Kysely, sql } from 'kysely'
import { isOver } from '../../domain/order.ts'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { failpoint } from '../../platform/failpoint.ts'
import { makeMark } from './figures/mark.ts'
import { fold, type OrderView } from './fold.ts'
import { tellMetrics } from './tell-metrics.ts'
import { projectReturns } from './project-returns.ts'
import type { OrdersTables } from './tables.ts'
import { type Waits, waitsOfRow } from './waits.ts'
import { writeEvents } from './write-events.ts'

/** Orders that are remembered from event to event, so that they need not be read again. */
const remembered = 2_000

/**
 * Writes a batch of events into the timeline, the order rows and, of orders it does not remember, the lines: two or three
 * statements, whatever its size, and a read only for orders it does not remember. No statement undoes a newer one, so a batch may come again, in part too, and what
 * is remembered can't be wrong: a view is its events folded up to its version.
 */
export function makeProjection(database: Kysely<OrdersTables>, { measured = false } = {}) {
  const views = new Map<string, OrderView>()
  const markFigures = makeMark(database)

  function remember(view: OrderView): void {
    views.delete(view.order.id)
    if (isOver(view.status)) return
    views.set(view.order.id, view)
    for (const oldest of views.keys()) {
      if (views.size <= remembered) break
      views.delete(oldest)
    }
  }

  async function projectOrders(events: readonly ReceivedEvent[]): Promise<void> {
    if (events.length === 0) return
    const before = await knownViews(database, views, events)
    const after = new Map(before)
    for (const event of events) after.set(event.orderId, fold(after.get(event.orderId), event))
    // first: nobody may see a status that the timeline doesn't explain
    const allNew = await writeEvents(database, 'order_event', events)
    failpoint('projection.events_written')
    const tell = measured ? await tellMetrics(database, events, { of: 'orders', allNew, views: after }) : undefined
    await writeLines(
      database,
      [...after.values()].filter(({ order }) => !views.has(order.id)),
    )
    await writeViews(database, [...after.values()])
    tell?.()
    await markFigures([...after.values()], events)
    for (const view of after.values()) remember(view)
  }

  return async (events: readonly ReceivedEvent[]): Promise<void> => {
    await projectOrders(events.filter(({ data }) => data.return === undefined))
    await projectReturns(
      database,
      events.filter(({ data }) => data.return !== undefined),
      { measured },
    )
  }
}

/** The view of each order before these events; none where its first event is among them. */
async function knownViews(
  database: Kysely<OrdersTables>,
  views: ReadonlyMap<string, OrderView>,
  events: readonly ReceivedEvent[],
): Promise<ReadonlyMap<string, OrderView>> {
  const first = new Map<string, number>()
  for (const { orderId, sequence } of events) first.set(orderId, Math.min(sequence, first.get(orderId) ?? sequence))
  const known = new Map<string, OrderView>()
  for (const [id, sequence] of first) {
    const view = views.get(id)
    if (view !== undefined && sequence <= view.version + 1) known.set(id, view)
  }
  const unknown = [...first].filter(([id, sequence]) => sequence > 1 && !known.has(id)).map(([id]) => id)
  const read = unknown.length === 0 ? [] : await readViews(database, unknown)
  return new Map([...known, ...read])
}

async function readViews(
  database: Kysely<OrdersTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrderView>> {
  const rows = await database.selectFrom('orders').selectAll().where('id', 'in', ids).execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        order: row.body,
        fingerprint: row.fingerprint,
        status: row.status,
        needsAttention: row.needs_attention === 1,
        updatedAt: row.updated_at.toISOString(),
        version: row.version,
        ...(row.payment && { payment: row.payment }),
        ...(row.shipment && { shipment: row.shipment }),
        ...(row.failure && { failure: row.failure }),
        cancellationRefused: row.cancellation_refused === 1,
        ...withWaits(waitsOfRow(row)),
      },
    ]),
  )
}

const withWaits = (waits: Waits | undefined): Pick<OrderView, 'waits'> => (waits ? { waits } : {})

/** Of every order that is not remembered: what a projection without this table wrote gets its lines with its next event. */
async function writeLines(database: Kysely<OrdersTables>, views: readonly OrderView[]): Promise<void> {
  const rows = views.flatMap(({ order: { id, customerId, placedAt, lines } }) =>
    lines.map(({ sku }) => ({ sku, placed_at: new Date(placedAt), order_id: id, customer_id: customerId })),
  )
  if (rows.length > 0) await database.insertInto('order_line').ignore().values(rows).execute()
}

async function writeViews(database: Kysely<OrdersTables>, views: readonly OrderView[]): Promise<void> {
  const rows = views.map((view) => ({
    id: view.order.id,
    customer_id: view.order.customerId,
    status: view.status,
    needs_attention: view.needsAttention ? 1 : 0,
    placed_at: new Date(view.order.placedAt),
    updated_at: new Date(view.updatedAt),
    version: view.version,
    fingerprint: view.fingerprint,
    body: JSON.stringify(view.order),
    payment: view.payment ? JSON.stringify(view.payment) : null,
    shipment: view.shipment ? JSON.stringify(view.shipment) : null,
    failure: view.failure ? JSON.stringify(view.failure) : null,
    cancellation_refused: view.cancellationRefused ? 1 : 0,
    waiting_for: view.waits?.for.join(',') ?? '',
    waiting_since: view.waits ? new Date(view.waits.since) : null,
  }))
  const changing = [
    'status',
    'needs_attention',
    'updated_at',
    'body',
    'payment',
    'shipment',
    'failure',
    'cancellation_refused',
    'waiting_for',
    'waiting_since',
    'version', // last: the others compare with what it was
  ] as const
  const newer = (column: (typeof changing)[number]) =>
    sql`IF(VALUES(version) > version, VALUES(${sql.ref(column)}), ${sql.ref(column)})`
  await database
    .insertInto('orders')
    .values(rows)
    .onDuplicateKeyUpdate(Object.fromEntries(changing.map((column) => [column, newer(column)])))
    .execute()
}
