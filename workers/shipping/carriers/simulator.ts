import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Log } from '../../../platform/log.ts'
import type { Carrier, Movement } from '../carrier.ts'
import type { ShippingTables } from '../tables.ts'

export type CarrierSimulator = Carrier & { readonly stop: () => Promise<void> }

export type SimulatorOptions = {
  readonly database: Kysely<ShippingTables>
  readonly dispatchDelayMs: number
  readonly deliveryDelayMs: number
  /** Takes in a movement for good, or throws: then it is reported again. */
  readonly onMovement: (movement: Movement) => Promise<void>
  readonly log: Log
}

/** The country that no parcel can reach. */
const undeliverable = 'ZZ'
/** How often it looks for what is due though nobody told it, as after a restart. */
const sweepMs = 2_000
const perTick = 500

/**
 * A carrier with a book of its own. Parcels move when their due time in that book has come, not by timers in memory;
 * each movement is written first and then reported until it was taken in.
 */
export function startCarrierSimulator(options: SimulatorOptions): CarrierSimulator {
  const { database, onMovement, log } = options
  let stopped = false
  const clock = makeClock()

  const find = (key: string) =>
    database
      .selectFrom('simulated_parcel')
      .select(['tracking_number as trackingNumber', 'state'])
      .where('key', '=', key)
      .executeTakeFirst()

  async function move(from: 'handedOver' | 'dispatched', to: Movement['movement']): Promise<void> {
    const due = from === 'handedOver' ? 'dispatch_at' : 'deliver_at'
    const now = new Date()
    const keys = await database
      .selectFrom('simulated_parcel')
      .select('key')
      .where('state', '=', from)
      .where('reported', '=', 1) // one movement after the other, each reported before the next
      .where(due, '<=', now)
      .limit(perTick)
      .execute()
    if (keys.length === 0) return
    if (to === 'dispatched') clock.wakeIn(options.deliveryDelayMs)
    await database
      .updateTable('simulated_parcel')
      .set({ state: to, reported: 0, deliver_at: new Date(now.getTime() + options.deliveryDelayMs) })
      .where('state', '=', from)
      .where(
        'key',
        'in',
        keys.map(({ key }) => key),
      )
      .execute()
  }

  async function report(): Promise<void> {
    const rows = await database
      .selectFrom('simulated_parcel')
      .select(['key', 'tracking_number as trackingNumber', 'state'])
      .where('reported', '=', 0)
      .limit(perTick)
      .execute()
    for (const { key, trackingNumber, state } of rows) {
      if (state === 'dispatched' || state === 'delivered') await onMovement({ key, trackingNumber, movement: state })
      const reported = database.updateTable('simulated_parcel').set({ reported: 1 })
      await reported.where('key', '=', key).where('state', '=', state).execute()
      clock.wakeIn(0) // what is due already has waited for this report
    }
  }

  async function tick(): Promise<void> {
    await move('dispatched', 'delivered')
    await move('handedOver', 'dispatched')
    await report()
  }

  const ticking = (async () => {
    while (!stopped) {
      await tick().catch((error: unknown) => log.warn({ err: error }, 'the carrier stands still; it will go on'))
      await clock.next()
    }
  })()

  return {
    name: 'simulator',
    async book(key, { country }) {
      if (country === undeliverable) return refusal
      const row = { key, tracking_number: trackingNumberOf(key), state: 'booked' as const }
      await database.insertInto('simulated_parcel').ignore().values(row).execute()
      const parcel = await find(key)
      if (parcel?.state === 'cancelled') return { state: 'refused', code: 'cancelled', message: 'It was called back' }
      return { state: 'booked', trackingNumber: row.tracking_number }
    },
    async lookUp(key) {
      const parcel = await find(key)
      return parcel && { state: 'booked', trackingNumber: parcel.trackingNumber }
    },
    async handOver(key) {
      clock.wakeIn(options.dispatchDelayMs)
      await database
        .updateTable('simulated_parcel')
        .set({ state: 'handedOver', dispatch_at: new Date(Date.now() + options.dispatchDelayMs) })
        .where('key', '=', key)
        .where('state', '=', 'booked')
        .execute()
    },
    async cancel(key) {
      const tombstone = { key, tracking_number: trackingNumberOf(key), state: 'cancelled' as const }
      await database.insertInto('simulated_parcel').ignore().values(tombstone).execute()
      const recalled = await database
        .updateTable('simulated_parcel')
        .set({ state: 'cancelled', reported: 1 })
        .where('key', '=', key)
        .where('state', '!=', 'delivered')
        .executeTakeFirstOrThrow()
      if (recalled.numUpdatedRows === 1n) return { state: 'cancelled' }
      return { state: 'refused', code: 'already_delivered', message: 'The parcel has been delivered' }
    },
    async stop() {
      stopped = true
      clock.wakeIn(0)
      await ticking
    },
  }
}

/** Says when to look into the book again. What it forgets in a crash, the sweep finds: due times are in the book. */
function makeClock() {
  let wakeUps: readonly number[] = []
  let ring: () => void = () => undefined
  return {
    wakeIn(ms: number) {
      wakeUps = [...wakeUps, Date.now() + ms]
      ring()
    },
    async next(): Promise<void> {
      const sweepAt = Date.now() + sweepMs
      for (;;) {
        const at = Math.min(sweepAt, ...wakeUps)
        const now = Date.now()
        if (at <= now) break
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, at - now)
          ring = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wakeUps = wakeUps.filter((at) => at > Date.now())
    },
  }
}

const refusal = {
  state: 'refused',
  code: 'undeliverable',
  message: 'The carrier does not deliver to this country.',
} as const

const trackingNumberOf = (key: string): string =>
  `SIM${createHash('sha256').update(key).digest('hex').slice(0, 12).toUpperCase()}`
