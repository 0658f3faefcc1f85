import { type OrderEvent, subjectOf } from '../../domain/saga/event.ts'

/**
 * Tells copies apart: an event may be on the topic twice, when the broker took it and its answer was lost. Then both
 * are near each other, so the newest `most` orders are enough to remember.
 */
export function makeSeen(most: number) {
  const sequences = new Map<string, number>()
  /** @returns false for a copy of what was told before. */
  return function isNew({ orderId, type, sequence }: Pick<OrderEvent, 'orderId' | 'type' | 'sequence'>): boolean {
    const subject = subjectOf(orderId, type)
    const last = sequences.get(subject) ?? 0
    sequences.delete(subject) // so that it stands last again
    sequences.set(subject, Math.max(last, sequence))
    const [oldest] = sequences.keys()
    if (sequences.size > most && oldest !== undefined) sequences.delete(oldest)
    return sequence > last
  }
}
