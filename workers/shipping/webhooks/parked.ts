import type { Kysely } from 'kysely'
import type { Log } from '../../../platform/log.ts'
import { startRepeating } from '../../../platform/repeating.ts'
import type { Delivery } from '../../participant/delivery.ts'
import type { CarrierName } from '../carrier.ts'
import { warnOfTrouble } from '../movements.ts'
import type { ShippingTables } from '../tables.ts'
import { applyParked } from './receive.ts'

const everyMs = 5_000
/** What is parked for longer is nobody's of ours; it stays listed. */
export const hopeMs = 24 * 3_600_000
const perRound = 100

/** A webhook may overtake the booking that it is about: once the shipment is there, what was parked is applied. */
export function startParked(database: Kysely<ShippingTables>, delivery: Delivery, log: Log): () => Promise<void> {
  async function round(): Promise<void> {
    const rows = await database
      .selectFrom('webhook_event as w')
      .innerJoin('shipment as s', (join) =>
        join.onRef('s.tracking_number', '=', 'w.tracking_number').onRef('s.carrier', '=', 'w.carrier'),
      )
      .select(['w.carrier', 'w.event_id as id', 'w.news'])
      .where('w.state', '=', 'parked')
      .where('w.received_at', '>', new Date(Date.now() - hopeMs))
      .orderBy('w.received_at')
      .limit(perRound)
      .execute()
    for (const { carrier, id, news } of rows) {
      const event = { carrier: carrier as CarrierName, id, news }
      const applied = await database.transaction().execute((tx) => applyParked(tx, event))
      if (applied === undefined) continue
      warnOfTrouble(log, applied.shipment, news.status, applied)
      if (applied.message) await delivery.deliver(applied.message)
    }
  }
  return startRepeating({
    everyMs,
    work: round,
    onFailure: (error) => log.warn({ err: error }, 'applying parked webhooks failed; it will be tried again'),
  })
}
