import type { Kysely } from 'kysely'
import { movements } from '../../domain/saga/messages.ts'
import type { Log } from '../../platform/log.ts'
import type { Delivery } from '../participant/delivery.ts'
import type { TrackingNews, TrackingStatus } from './carrier.ts'
import type { ShippingTables } from './tables.ts'
import { type ShipmentId, type TakenIn, takeInTracking } from './tracking.ts'

/** What the key of a booking is about; see `taskKey`. */
export function shipmentOf(key: string): ShipmentId {
  const [orderId = '', step = ''] = key.split(':')
  return { orderId, step }
}

/**
 * Takes in what the carrier says: history, shipment and message to the saga in one transaction, then the signal.
 * Resolves when it is stored; the signal is repeated until it is accepted.
 */
export function makeMovements(database: Kysely<ShippingTables>, delivery: Delivery, log: Log) {
  return async ({ key, ...news }: TrackingNews & { readonly key: string }): Promise<void> => {
    const shipment = shipmentOf(key)
    const taken = await database.transaction().execute((tx) => takeInTracking(tx, shipment, news))
    warnOfTrouble(log, shipment, news.status, taken)
    if (taken.message) await delivery.deliver(taken.message)
  }
}

const isTrouble: ReadonlySet<TrackingStatus> = new Set(['lost', 'returned', 'failed'])

/** The order is flagged by its saga; this is for those who read logs. */
export function warnOfTrouble(log: Log, { orderId }: ShipmentId, status: TrackingStatus, { moved }: TakenIn): void {
  if (moved && isTrouble.has(status)) log.warn({ orderId, status }, 'the carrier says that a parcel will not arrive')
}

/** Lets everything that the carrier ever said about an order's parcel be sent to its saga once more. */
export async function resendMovements(database: Kysely<ShippingTables>, orderId: string): Promise<void> {
  await database
    .updateTable('answer')
    .set({ signalled_at: null })
    .where('order_id', '=', orderId)
    .where('action', 'in', [...movements])
    .execute()
}
