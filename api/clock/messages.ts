import type { OrderEvent } from '../../domain/saga/event.ts'
import type { OrderMessage } from '../../events/order-messages.ts'
import type { Deps } from '../deps.ts'
import { type ClockItem, isoOf } from './item.ts'

/** `read`: from the topic; `away`, `cut`: some or all are told without their place there. */
export type KafkaState = 'read' | 'away' | 'cut'
export type ToldMessages = { readonly items: readonly ClockItem[]; readonly kafka: KafkaState }

type About = {
  readonly orderId: string
  readonly placedAt: string
  /** What the read model has; undefined: it does not tell. */
  readonly events: readonly OrderEvent[] | undefined
}

const mostOrders = 200
/** Less than a part of the clock may take, so that the read model's events are told in any case. */
const patienceMs = 4_000

type Needs = {
  readonly live: { readonly recent: Pick<Deps['live']['recent'], 'all'> }
} & Pick<Deps, 'log' | 'orderMessages'>

/** Finds messages where this process has seen them go by, then where it has found them before, then on the topic. */
export function makeReadMessages({ live, log, orderMessages }: Needs, patience = patienceMs) {
  const before = new Map<string, readonly OrderMessage[]>()

  function remember(orderId: string, messages: readonly OrderMessage[]): void {
    before.delete(orderId)
    before.set(orderId, messages)
    for (const oldest of [...before.keys()].slice(0, Math.max(0, before.size - mostOrders))) before.delete(oldest)
  }

  return async ({ orderId, placedAt, events }: About): Promise<ToldMessages> => {
    const known = unique([...(before.get(orderId) ?? []), ...seen(live, orderMessages.topic, orderId)])
    const have = new Set(known.map(({ eventId }) => eventId))
    const wanted = (events ?? []).filter(({ id }) => !have.has(id))
    if (events !== undefined && wanted.length === 0) return { items: itemsOf(known, []), kafka: 'read' }
    try {
      const { state, messages } = await within(patience, orderMessages.find(orderId, new Date(placedAt), wanted))
      const all = unique([...known, ...messages])
      remember(orderId, all)
      const placed = new Set(all.map(({ eventId }) => eventId))
      const left = wanted.filter(({ id }) => !placed.has(id))
      return { items: itemsOf(all, left), kafka: left.length > 0 ? 'cut' : state }
    } catch (error) {
      log.warn({ err: error, orderId }, 'the topic does not tell where an order’s events are')
      return { items: itemsOf(known, wanted), kafka: 'away' }
    }
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const seen = (live: Needs['live'], topic: string, orderId: string): readonly OrderMessage[] =>
  live.recent.all().flatMap(({ event, partition, offset, publishedAt }) => {
    if (event.orderId !== orderId || publishedAt === undefined) return []
    const told = Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'hash'))
    return [{ topic, partition, offset, publishedAt, eventId: event.id, type: event.type, event: told }]
  })

const unique = (messages: readonly OrderMessage[]): readonly OrderMessage[] =>
  [...new Map(messages.map((message) => [`${message.partition}:${message.offset}`, message])).values()].toSorted(
    (a, b) => a.offset - b.offset,
  )

/** Messages as they stand on the topic, then events that only the read model tells. */
function itemsOf(messages: readonly OrderMessage[], left: readonly OrderEvent[]): readonly ClockItem[] {
  const placed = messages.map((message) => ({
    at: isoOf(message.publishedAt),
    source: 'kafka' as const,
    what: message.unreadable === undefined ? message.type : `${message.type || 'A message'}: ${message.unreadable}`,
    ids: {
      topic: message.topic,
      partition: String(message.partition),
      offset: String(message.offset),
      ...(message.eventId !== '' && { eventId: message.eventId }),
    },
    raw: message,
  }))
  const others = left.map((event) => ({
    at: isoOf(event.time),
    source: 'kafka' as const,
    what: event.type,
    ids: { eventId: event.id },
    raw: { event },
  }))
  return [...placed, ...others]
}
