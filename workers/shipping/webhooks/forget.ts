import type { Kysely } from 'kysely'
import type { Forget } from '../../../platform/forgetting.ts'
import { forgetReceived, type ReceivedTables } from '../../participant/forget.ts'
import type { ShippingTables } from '../tables.ts'
import { hopeMs } from './parked.ts'

/**
 * What carriers have told; parked ones not as long as they may still be applied. One that comes again after that, a
 * repeated or a recorded one, is taken in once more and changes nothing: its scans have keys in the parcel's history, a
 * shipment never moves to where it was before, and the saga's message has a key as well, in tables that are kept.
 */
export const forgetWebhooks = (database: Kysely<ShippingTables>): readonly Forget[] => {
  const received = database as unknown as Kysely<ReceivedTables>
  const forgetParked = forgetReceived(received, 'parked')
  return [
    forgetReceived(received, 'applied'),
    (before, most) => forgetParked(new Date(Math.min(before.getTime(), Date.now() - hopeMs)), most),
  ]
}
