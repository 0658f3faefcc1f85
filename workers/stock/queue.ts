import type { Line } from './book.ts'
import { type Entry, type Level, moved } from './level.ts'

/** An order that waits for goods, with all its lines. */
export type Waiting = {
  readonly orderId: string
  readonly step: string
  readonly round: number
  readonly place: number
  readonly lines: readonly Line[]
}

/** One SKU's queue from its head on, by place, at least as far as what is available could reach. */
export type Queue = readonly { readonly place: number; readonly quantity: number }[]

export type Served = {
  readonly orders: readonly Waiting[]
  readonly levels: ReadonlyMap<string, Level>
  readonly entries: readonly Entry[]
}

/**
 * Who gets goods now: everyone for whom each SKU suffices beside what all those before them wait for. Whether those
 * before get theirs now or are held up by another SKU makes no difference: their share is theirs either way, and what
 * is more than that goes on to the next.
 */
export function serve(
  start: ReadonlyMap<string, Level>,
  queues: ReadonlyMap<string, Queue>,
  candidates: readonly Waiting[],
): Served {
  const reached = new Map([...queues].map(([sku, queue]) => [sku, needUpTo(queue)]))
  const suffices = (sku: string, place: number): boolean =>
    (start.get(sku)?.available ?? 0) >= (reached.get(sku)?.get(place) ?? Infinity)
  const orders = candidates
    .filter(({ place, lines }) => lines.every(({ sku }) => suffices(sku, place)))
    .toSorted((a, b) => a.place - b.place)

  const levels = new Map(start)
  const entries = orders.flatMap(({ orderId, step, round, lines }) =>
    lines.map(({ sku, quantity }) => {
      const before = levels.get(sku)
      if (before === undefined) throw new Error(`the level of ${sku} was not locked`)
      const cause = `${orderId}:${step}:perform:${round}`
      const { level, entry } = moved(sku, before, { kind: 'reserved', available: -quantity, reserved: quantity, cause })
      levels.set(sku, { ...level, backordered: level.backordered - quantity })
      return entry
    }),
  )
  return { orders, levels, entries }
}

/** By place: what it takes to serve everyone up to it. */
function needUpTo(queue: Queue): ReadonlyMap<number, number> {
  let sum = 0
  return new Map(queue.map(({ place, quantity }) => [place, (sum += quantity)]))
}
