import type { Kysely, Transaction } from 'kysely'
import { inTransaction } from '../../../platform/transactions.ts'
import { sweptAfterMs } from '../../participant/delivery.ts'
import type { CarrierName, TrackingNews } from '../carrier.ts'
import { shipmentOf } from '../movements.ts'
import type { ShippingTables } from '../tables.ts'
import { type ShipmentId, type TakenIn, takeInTracking } from '../tracking.ts'

export type WebhookEvent = {
  readonly carrier: CarrierName
  /** The carrier's own: the same id is the same event. */
  readonly id: string
  readonly type: string
  readonly news: TrackingNews
}

export type Received =
  | ({ readonly result: 'applied'; readonly shipment: ShipmentId } & TakenIn)
  | { readonly result: 'known' }
  /** Nobody knows its shipment yet; see `startParked`. */
  | { readonly result: 'parked' }

/**
 * Stores a webhook that was found to be signed, with all that follows from it, in one transaction. The signal to the
 * saga is not sent from here: the shipping worker's sweep finds the message, dated so that it need not wait.
 */
export async function receiveWebhook(database: Kysely<ShippingTables>, event: WebhookEvent): Promise<Received> {
  const { carrier, id, type, news } = event
  return inTransaction(database, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('webhook_event')
      .ignore()
      .values({
        carrier,
        event_id: id,
        type,
        tracking_number: news.trackingNumber,
        news: JSON.stringify(news),
        state: 'parked',
      })
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return { result: 'known' }
    return (await applyParked(tx, event)) ?? { result: 'parked' }
  })
}

/** @returns undefined where the shipment is not known, or another process applied the event meanwhile. */
export async function applyParked(
  tx: Transaction<ShippingTables>,
  { carrier, id, news }: Pick<WebhookEvent, 'carrier' | 'id' | 'news'>,
): Promise<Extract<Received, { result: 'applied' }> | undefined> {
  const shipment = await findShipment(tx, carrier, news)
  if (shipment === undefined) return undefined
  const { numUpdatedRows } = await tx
    .updateTable('webhook_event')
    .set({ state: 'applied' })
    .where('carrier', '=', carrier)
    .where('event_id', '=', id)
    .where('state', '=', 'parked')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return undefined
  const taken = await takeInTracking(tx, shipment, news, new Date(Date.now() - sweptAfterMs))
  return { result: 'applied', shipment, ...taken }
}

/** Carriers use their numbers again after years: the newest shipment is meant. */
async function findShipment(
  tx: Transaction<ShippingTables>,
  carrier: CarrierName,
  { key, trackingNumber }: TrackingNews,
): Promise<ShipmentId | undefined> {
  const all = tx
    .selectFrom('shipment')
    .select(['order_id as orderId', 'step'])
    .where('tracking_number', '=', trackingNumber)
    .where('carrier', '=', carrier)
    .orderBy('updated_at', 'desc')
  if (key === undefined) return all.executeTakeFirst()
  const { orderId, step } = shipmentOf(key)
  return all.where('order_id', '=', orderId).where('step', '=', step).executeTakeFirst()
}
