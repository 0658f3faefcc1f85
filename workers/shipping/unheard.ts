import { type Kysely, sql } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { startRepeating } from '../../platform/repeating.ts'
import { taskKey } from '../participant/tasks.ts'
import type { Carrier, TrackingNews } from './carrier.ts'
import type { ShippingTables } from './tables.ts'

type Options = {
  readonly database: Kysely<ShippingTables>
  readonly carrier: Carrier
  readonly onMovement: (news: TrackingNews & { readonly key: string }) => Promise<void>
  readonly log: Log
  readonly everyMs?: number
  /** Nothing was heard of the shipment for so long. */
  readonly silentMs?: number
}

const minute = 60_000
const callTimeoutMs = 10_000
const perRound = 50

/**
 * A webhook may never come, and its order would wait for ever: a carrier that reports by webhooks alone is asked about
 * the shipments under way of which nothing was heard for long, the longest first.
 */
export function startUnheard(options: Options): () => Promise<void> {
  const { database, carrier, onMovement, log, everyMs = 15 * minute, silentMs = 6 * 60 * minute } = options

  async function ask(orderId: string, step: string): Promise<void> {
    // to the end of the queue first, so that one that always fails does not keep the others from their turn
    await database
      .updateTable('shipment')
      .set({ updated_at: sql`CURRENT_TIMESTAMP(3)` })
      .where('order_id', '=', orderId)
      .where('step', '=', step)
      .execute()
    const key = taskKey({ orderId, step, action: 'perform', round: 1 })
    try {
      const tracking = await carrier.track(key, AbortSignal.timeout(callTimeoutMs))
      if (tracking !== undefined) await onMovement({ key, ...tracking })
    } catch (error) {
      log.warn({ err: error, orderId }, 'the carrier did not say where a parcel is; it will be asked again')
    }
  }

  async function round(): Promise<void> {
    const silent = await database
      .selectFrom('shipment')
      .select(['order_id', 'step'])
      .where('state', 'in', ['released', 'dispatched'])
      .where('carrier', '=', carrier.name)
      .where('updated_at', '<', new Date(Date.now() - silentMs))
      .orderBy('updated_at')
      .limit(perRound)
      .execute()
    for (const { order_id, step } of silent) await ask(order_id, step)
  }

  return startRepeating({
    everyMs,
    work: round,
    onFailure: (error) =>
      log.warn({ err: error }, 'asking about parcels of which nothing was heard failed; it will be tried again'),
  })
}
