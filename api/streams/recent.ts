import type { Positions } from '../../events/topic-reader.ts'

type Placed = { readonly partition: number; readonly offset: number }

/** So many are handed out at once: a slow stream holds on to no more. */
const piece = 100

/**
 * The newest events of the topic, kept once for all streams. Each stream reads at its own pace by index and none has a
 * queue; one that is further behind than this goes back has to leave.
 */
export function makeRecent<Event extends Placed>(most: number) {
  let events: Event[] = []
  let first = 0
  const floor = new Map<number, number>()
  const next = new Map<number, number>()
  return {
    /** @param from everything from there on will be kept, for a while. */
    begin(from: Positions): void {
      for (const [partition, offset] of from) {
        floor.set(partition, offset)
        next.set(partition, offset)
      }
    },
    append(partition: number, added: readonly Event[], upTo: number): void {
      const from = next.get(partition) ?? 0
      events.push(...added.filter(({ offset }) => offset >= from))
      next.set(partition, Math.max(from, upTo))
      if (events.length <= most * 1.25) return
      const dropped = events.slice(0, events.length - most)
      for (const event of dropped) floor.set(event.partition, event.offset + 1)
      events = events.slice(dropped.length)
      first += dropped.length
    },
    /** Where the topic was read up to. */
    positions: (): Positions => next,
    /** From where on everything is here. */
    floor: (): Positions => floor,
    /** Whether all that is behind these positions is here. */
    holds: (positions: Positions): boolean =>
      [...floor].every(([partition, offset]) => (positions.get(partition) ?? 0) >= offset),
    first: (): number => first,
    end: (): number => first + events.length,
    /** Some events from an index on; undefined where they are gone already. */
    since: (index: number): readonly Event[] | undefined =>
      index < first ? undefined : events.slice(index - first, index - first + piece),
    all: (): readonly Event[] => events,
  }
}

export type Recent<Event extends Placed> = ReturnType<typeof makeRecent<Event>>
