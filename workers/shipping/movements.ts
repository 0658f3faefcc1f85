import type { Kysely } from 'kysely'
import type { Delivery } from '../participant/delivery.ts'
import type { Movement } from './carrier.ts'
import { moveShipment } from './run.ts'
import type { ShippingTables } from './tables.ts'

/**
 * Takes in what the carrier says: shipment and message to the saga in one transaction, then the signal. Resolves when
 * it is stored; the signal is repeated until it is accepted.
 */
export function makeMovements(database: Kysely<ShippingTables>, delivery: Delivery) {
  return async ({ key, trackingNumber, movement }: Movement): Promise<void> => {
    const [orderId = '', step = ''] = key.split(':')
    const body = { movement, shipment: { trackingNumber } }
    const row = { orderId, step, action: movement, round: 1, body }
    const isNew = await database.transaction().execute(async (tx) => {
      await moveShipment(tx, orderId, step, movement)
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('answer')
        .ignore()
        .values({
          order_id: orderId,
          step,
          action: movement,
          round: 1,
          body: JSON.stringify(body),
          signalled_at: null,
        })
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    })
    if (isNew) await delivery.deliver(row)
  }
}
