import { type Kysely, sql, type Transaction } from 'kysely'
import type { Undelivered } from '../participant/delivery.ts'
import type { Tracking, TrackingEvent, TrackingStatus } from './carrier.ts'
import type { ShipmentState, ShippingTables } from './tables.ts'

export type ShipmentId = { readonly orderId: string; readonly step: string }

const isStillHere: readonly ShipmentState[] = ['booked', 'released']
const isUnderWay: readonly ShipmentState[] = [...isStillHere, 'dispatched']

/** From where news may move a shipment. Forward or not at all; one that was called back stays so. */
const movesFrom: Readonly<Record<TrackingStatus, readonly ShipmentState[]>> = {
  booked: [],
  dispatched: isStillHere,
  lost: isUnderWay,
  failed: isUnderWay,
  returned: [...isUnderWay, 'lost', 'failed'],
  delivered: [...isUnderWay, 'lost', 'failed', 'returned'], // what was lost may be found
  cancelled: [],
}

/** @returns false where the shipment is further already, or was called back. */
export async function moveShipment(
  tx: Transaction<ShippingTables>,
  { orderId, step }: ShipmentId,
  to: TrackingStatus,
): Promise<boolean> {
  const from = movesFrom[to]
  if (to === 'booked' || to === 'cancelled' || from.length === 0) return false
  const { numUpdatedRows } = await tx
    .updateTable('shipment')
    .set({ state: to, updated_at: sql`CURRENT_TIMESTAMP(3)` })
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export type TakenIn = {
  /** Whether the shipment is now somewhere else than before. */
  readonly moved: boolean
  /** What the saga is to be told now, once. */
  readonly message?: Undelivered
}

/**
 * What a carrier says about a shipment: its history, where it is, and the message to the saga. Said twice, it changes
 * nothing the second time.
 * @param storedAt What the message is dated; its age tells the sweep of unsent messages that nobody else sends it.
 */
export async function takeInTracking(
  tx: Transaction<ShippingTables>,
  { orderId, step }: ShipmentId,
  { trackingNumber, status, events }: Tracking,
  storedAt?: Date,
): Promise<TakenIn> {
  await recordEvents(tx, { orderId, step }, events)
  const moved = await moveShipment(tx, { orderId, step }, status)
  if (status === 'booked' || status === 'cancelled') return { moved }
  const body = { movement: status, shipment: { trackingNumber } }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('answer')
    .ignore()
    .values({
      order_id: orderId,
      step,
      action: status,
      round: 1,
      body: JSON.stringify(body),
      signalled_at: null,
      ...(storedAt && { answered_at: storedAt }),
    })
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return { moved }
  return { moved, message: { orderId, step, action: status, round: 1, body } }
}

async function recordEvents(
  tx: Transaction<ShippingTables>,
  { orderId, step }: ShipmentId,
  events: readonly TrackingEvent[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ id, status, occurredAt, description, location }) => ({
    order_id: orderId,
    step,
    event_id: id,
    status,
    occurred_at: plausible(occurredAt) ?? new Date(),
    description: description?.slice(0, 500) ?? null,
    location: location?.slice(0, 200) ?? null,
  }))
  await tx.insertInto('tracking_event').ignore().values(rows).execute()
}

/** A carrier's clock may be anywhere; a time that no parcel can have would be refused by the database. */
function plausible(occurredAt: string): Date | undefined {
  const time = new Date(occurredAt)
  return time.getUTCFullYear() >= 2000 && time.getUTCFullYear() < 2100 ? time : undefined
}

/** A shipment as its customer may see it. */
export type ShipmentTracking = Omit<Tracking, 'events'> & {
  readonly carrier: string
  readonly labelUrl?: string
  readonly events: readonly Omit<TrackingEvent, 'id'>[]
}

/** @returns undefined as long as nothing is booked. */
export async function findTracking(
  database: Kysely<ShippingTables>,
  orderId: string,
): Promise<ShipmentTracking | undefined> {
  const shipment = await database
    .selectFrom('shipment')
    .select(['step', 'state', 'carrier', 'tracking_number', 'label_url', 'booked_at'])
    .where('order_id', '=', orderId)
    .where('tracking_number', 'is not', null)
    .orderBy('step')
    .executeTakeFirst()
  if (shipment === undefined || shipment.tracking_number === null) return undefined
  const rows = await database
    .selectFrom('tracking_event')
    .select(['status', 'occurred_at', 'description', 'location'])
    .where('order_id', '=', orderId)
    .where('step', '=', shipment.step)
    .orderBy('occurred_at')
    .orderBy('recorded_at')
    .limit(200)
    .execute()
  const told = rows.map(({ status, occurred_at, description, location }) => ({
    status,
    occurredAt: occurred_at.toISOString(),
    ...(description !== null && { description }),
    ...(location !== null && { location }),
  }))
  const { booked_at: bookedAt, label_url: labelUrl, state } = shipment
  const booked = bookedAt === null ? [] : [{ status: 'booked' as const, occurredAt: bookedAt.toISOString() }]
  return {
    carrier: shipment.carrier,
    trackingNumber: shipment.tracking_number,
    ...(labelUrl !== null && { labelUrl }),
    status: state === 'released' ? 'booked' : state,
    events: [...booked, ...told],
  }
}
