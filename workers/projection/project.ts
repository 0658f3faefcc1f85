import { type Kysely, sql, type Transaction } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { fold, type OrderView } from './fold.ts'
import type { OrdersTables } from './tables.ts'

/**
 * Writes a batch of events into the order rows and the timeline: one read, two writes, whatever its size. Events that
 * were written before change nothing, so a batch may come again.
 */
export function makeProjection(database: Kysely<OrdersTables>) {
  return (events: readonly ReceivedEvent[]): Promise<void> =>
    database.transaction().execute(async (tx) => {
      const views = await lockViews(tx, [...new Set(events.map(({ orderId }) => orderId as string))])
      for (const event of events) views.set(event.orderId, fold(views.get(event.orderId), event))
      await writeEvents(tx, events)
      await writeViews(tx, [...views.values()])
    })
}

async function lockViews(tx: Transaction<OrdersTables>, ids: readonly string[]): Promise<Map<string, OrderView>> {
  const rows = await tx.selectFrom('orders').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute()
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
      },
    ]),
  )
}

async function writeEvents(tx: Transaction<OrdersTables>, events: readonly ReceivedEvent[]): Promise<void> {
  const rows = events.map((event) => ({
    order_id: event.orderId,
    sequence: event.sequence,
    type: event.type,
    occurred_at: new Date(event.time),
    data: JSON.stringify(event.data),
    traceparent: event.traceparent ?? null,
  }))
  await tx.insertInto('order_event').ignore().values(rows).execute()
}

async function writeViews(tx: Transaction<OrdersTables>, views: readonly OrderView[]): Promise<void> {
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
  }))
  const changing = [
    'status',
    'needs_attention',
    'updated_at',
    'version',
    'payment',
    'shipment',
    'failure',
    'cancellation_refused',
  ] as const
  await tx
    .insertInto('orders')
    .values(rows)
    .onDuplicateKeyUpdate(Object.fromEntries(changing.map((column) => [column, sql`VALUES(${sql.ref(column)})`])))
    .execute()
}
