import { isOver } from '../domain/order.ts'
import { subjectOf } from '../domain/saga/event.ts'
import type { ReceivedEvent } from '../events/envelope.ts'

/**
 * Takes events as they stand on the topic and says where their numbers are wrong. It keeps one number for each order that
 * is not over, so it does not grow with the shop; what it can't judge, as it came before, is for others to compare.
 */
export function makeNumbering(report: (orderId: string, fault: string) => void) {
  const last = new Map<string, number>()
  let count = 0
  return {
    /** @returns true for an event that was there before: by the rule, with the same content. */
    isRepeat({ orderId, type, sequence, data }: ReceivedEvent): boolean {
      const stream = subjectOf(orderId, type)
      const before = last.get(stream)
      // a whole order that is over may be repeated; whether the first of these is one is told by what readers have
      if (before === undefined && sequence > 1) return true
      if (before !== undefined && sequence <= before) return true
      if (sequence > (before ?? 0) + 1) report(orderId, missing((before ?? 0) + 1, sequence - 1, stream))
      if (before === undefined) count += 1
      const isEnd = stream === (orderId as string) && isOver(data.status)
      if (isEnd) last.delete(stream)
      else last.set(stream, sequence)
      return false
    },
    /** How many began at their first event, a repeated beginning counted again. */
    count: (): number => count,
  }
}

function missing(from: number, to: number, stream: string): string {
  const of = stream.startsWith('returns:') ? ' of its returns' : ''
  return from === to ? `event ${from}${of} is missing` : `events ${from} to ${to}${of} are missing`
}
