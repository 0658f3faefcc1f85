import type { Kysely } from 'kysely'
import type { OrderEvent } from '../../domain/saga/event.ts'
import type { Positions, TopicBatch } from '../../events/topic-reader.ts'
import type { Log } from '../../platform/log.ts'
import { findStandings } from '../../workers/projection/queries.ts'
import type { OrdersTables } from '../../workers/projection/tables.ts'
import { timelineEntry } from '../orders/timeline.ts'
import { makeOwners, type Owners } from './owners.ts'
import { makeRecent, type Recent } from './recent.ts'
import { makeSeen } from './seen.ts'
import { sweepWatchers, type Watcher } from './watchers.ts'

const mostRecent = 5_000
export const mostSeen = 20_000

export type LiveEvent = {
  readonly partition: number
  readonly offset: number
  readonly event: OrderEvent
  /** When it was put on the topic, where that is of interest. */
  readonly publishedAt?: string
  /** Undefined where nobody knows: for staff alone. */
  readonly owner: string | undefined
  /** The entry of the timeline with its order, as text; made once for all who see the same. */
  readonly told: (staff: boolean) => string
}

/** Opens a reader of the topic that begins elsewhere. @returns what stops it. */
export type OpenReader = (
  from: Positions,
  take: (batch: TopicBatch) => Promise<void>,
  onCrash: (error: Error) => void,
) => Promise<() => Promise<void>>

export type Live = {
  /** Tells of one order: at once what is remembered, then what comes. @returns what ends it. */
  readonly watch: (orderId: string, watcher: Watcher) => () => void
  /** Rings for every event, and when the process ends. @returns what ends it. */
  readonly listen: (ring: () => void) => () => void
  readonly recent: Pick<Recent<LiveEvent>, 'positions' | 'floor' | 'holds' | 'first' | 'end' | 'since' | 'all'>
  readonly owners: Owners
  /** Whether it has come to where the topic ended when it began. */
  readonly isThere: () => boolean
  readonly openReader: OpenReader
}

type Needs = {
  readonly log: Log
  readonly orders: Kysely<OrdersTables>
  readonly openReader: OpenReader
  readonly stopping?: AbortSignal | undefined
}

export const toLive = (partition: number, offset: number, event: OrderEvent, owner: string | undefined): LiveEvent => {
  const texts = new Map<boolean, string>()
  return {
    partition,
    offset,
    event,
    owner,
    told(staff) {
      const text = texts.get(staff) ?? JSON.stringify({ orderId: event.orderId, ...timelineEntry(event, staff) })
      texts.set(staff, text)
      return text
    },
  }
}

/** What this process knows of the topic, and who wants to hear of it. It is fed by `keepFeeding`. */
export function makeLive({ log, orders, openReader, stopping }: Needs) {
  const recent = makeRecent<LiveEvent>(mostRecent)
  const isNew = makeSeen(mostSeen)
  const watchers = new Map<string, Set<Watcher>>()
  const rings = new Set<() => void>()
  const owners = makeOwners({
    log,
    lookUp: async (ids) =>
      new Map([...(await findStandings(orders, ids))].map(([id, { customerId }]) => [id, customerId])),
  })
  let ends: Positions | undefined
  const ringAll = (): void => rings.forEach((ring) => ring())
  stopping?.addEventListener('abort', () => {
    ringAll()
    for (const each of watchers.values()) for (const { ring } of each) ring()
  })

  const live: Live = {
    watch(orderId, watcher) {
      const each = watchers.get(orderId) ?? new Set()
      watchers.set(orderId, each.add(watcher))
      for (const { event } of recent.all()) if (isOf(orderId, event)) watcher.offer(event)
      return () => {
        each.delete(watcher)
        if (each.size === 0 && watchers.get(orderId) === each) watchers.delete(orderId)
      }
    },
    listen(ring) {
      rings.add(ring)
      return () => void rings.delete(ring)
    },
    recent,
    owners,
    isThere: () =>
      ends !== undefined &&
      [...ends].every(([partition, offset]) => (recent.positions().get(partition) ?? 0) >= offset),
    openReader,
  }

  return {
    live,
    /** From now on everything behind `from` counts, and at `now` the past is over. */
    begin(from: Positions, now: Positions): void {
      recent.begin(from)
      ends = now
    },
    async take({ partition, events, next, beat }: TopicBatch): Promise<void> {
      // streams of one order know a copy by its sequence
      for (const { event } of events) {
        for (const watcher of watchers.get(event.orderId) ?? []) if (isOf(event.orderId, event)) watcher.offer(event)
      }
      const owned = await owners.find(events.map(({ event }) => event), beat) // prettier-ignore
      const fresh = events.filter(({ event }) => isNew(event))
      recent.append(partition, fresh.map(({ offset, event, publishedAt }) => ({ ...toLive(partition, offset, event, owned.get(event.orderId)), publishedAt })), next) // prettier-ignore
      ringAll()
    },
    /** Tells streams that are behind the projection to read it: the topic may be away, or its reader be lost. */
    sweep: () => sweepWatchers(watchers, (ids) => findStandings(orders, ids)),
  }
}

const isOf = (orderId: string, event: OrderEvent): boolean =>
  event.orderId === orderId && !event.type.startsWith('return.')

export type LiveCore = ReturnType<typeof makeLive>
