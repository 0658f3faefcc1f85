import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Log } from '../../../platform/log.ts'
import type { Carrier, Tracking, TrackingEvent, TrackingNews, TrackingStatus } from '../carrier.ts'
import type { Fate, ShippingTables } from '../tables.ts'
import { makeClock } from './simulator-clock.ts'

export type CarrierSimulator = Carrier & { readonly stop: () => Promise<void> }

export type SimulatorOptions = {
  readonly database: Kysely<ShippingTables>
  readonly dispatchDelayMs: number
  readonly deliveryDelayMs: number
  /** Takes in a movement for good, or throws: then it is reported again. */
  readonly onMovement: (news: TrackingNews & { readonly key: string }) => Promise<void>
  readonly log: Log
}

/** The country that no parcel can reach. */
const undeliverable = 'ZZ'
/** Postal codes that a parcel leaves for and does not arrive at. */
const fates: ReadonlyMap<string, Fate> = new Map([
  ['LOST', 'lost'],
  ['RETURN', 'returned'],
])
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
      .select(['tracking_number as trackingNumber', 'state', 'fate', 'dispatch_at as left', 'deliver_at as ended'])
      .where('key', '=', key)
      .executeTakeFirst()

  async function move(from: 'handedOver' | 'dispatched'): Promise<void> {
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
    if (from === 'handedOver') clock.wakeIn(options.deliveryDelayMs)
    const moved =
      from === 'handedOver'
        ? { state: 'dispatched' as const, deliver_at: new Date(now.getTime() + options.deliveryDelayMs) }
        : { state: sql<Fate>`fate` }
    await database
      .updateTable('simulated_parcel')
      .set({ ...moved, reported: 0 })
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
      .select(['key', 'tracking_number as trackingNumber', 'state', 'fate', 'dispatch_at as left'])
      .select('deliver_at as ended')
      .where('reported', '=', 0)
      .limit(perTick)
      .execute()
    for (const { key, ...parcel } of rows) {
      if (stopped) return // the book has them for whoever comes next
      const { state } = parcel
      const { events, ...tracking } = trackingOf(parcel)
      if (isUnderWay(state)) await onMovement({ key, ...tracking, events: events.slice(-1) }) // those before were told
      const reported = database.updateTable('simulated_parcel').set({ reported: 1 })
      await reported.where('key', '=', key).where('state', '=', state).execute()
      clock.wakeIn(0) // what is due already has waited for this report
    }
  }

  async function tick(): Promise<void> {
    await move('dispatched')
    await move('handedOver')
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
    async book(key, { country, postalCode }) {
      if (country === undeliverable) return refusal
      const fate = fates.get(postalCode) ?? 'delivered'
      const row = { key, tracking_number: trackingNumberOf(key), state: 'booked' as const, fate }
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
    async track(key) {
      const parcel = await find(key)
      return parcel && trackingOf(parcel)
    },
    async stop() {
      stopped = true
      clock.wakeIn(0)
      await ticking
    },
  }
}

type Parcel = {
  readonly trackingNumber: string
  readonly state: TrackingStatus | 'handedOver'
  readonly fate: Fate
  readonly left: Date | null
  readonly ended: Date | null
}

const isUnderWay = (state: Parcel['state']): boolean => !['booked', 'handedOver', 'cancelled'].includes(state)

/** A parcel moved when its due time had come. */
function trackingOf({ trackingNumber, state, left, ended }: Parcel): Tracking {
  const event = (status: TrackingStatus, at: Date | null): readonly TrackingEvent[] =>
    at === null ? [] : [{ id: `simulator:${status}`, status, occurredAt: at.toISOString() }]
  const status = state === 'handedOver' ? 'booked' : state
  const events = isUnderWay(state) ? event('dispatched', left) : []
  return {
    trackingNumber,
    status,
    events: isUnderWay(state) && status !== 'dispatched' ? [...events, ...event(status, ended)] : events,
  }
}

const refusal = {
  state: 'refused',
  code: 'undeliverable',
  message: 'The carrier does not deliver to this country.',
} as const

const trackingNumberOf = (key: string): string =>
  `SIM${createHash('sha256').update(key).digest('hex').slice(0, 12).toUpperCase()}`
