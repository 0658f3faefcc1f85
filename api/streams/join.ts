import type { OrderEvent } from '../../domain/saga/event.ts'

type Sequenced = Pick<OrderEvent, 'sequence'>

/** More than an order ever has at once; what does not fit is read from the projection later. */
const mostHeld = 200

/**
 * Makes one sequence without gaps or doubles of what the projection tells and what comes live: in any order, with
 * anything missing or told again.
 * @param after the sequence that the reader has already.
 */
export function makeJoin<Event extends Sequenced>(after: number) {
  const held = new Map<number, Event>()
  let last = after
  return {
    /** Of the last event that was taken. */
    last: (): number => last,
    offer: (event: Event): void => {
      const { sequence } = event
      if (sequence > last && (held.size < mostHeld || sequence === last + 1)) held.set(sequence, event)
    },
    /** @returns the next event, if it is there. */
    take: (): Event | undefined => {
      const event = held.get(last + 1)
      if (event === undefined) return undefined
      last += 1
      held.delete(last)
      return event
    },
    /** Later events are there, the next one is not: only the projection has it, or will. */
    hasGap: (): boolean => held.size > 0 && !held.has(last + 1),
  }
}
