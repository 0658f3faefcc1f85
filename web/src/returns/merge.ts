import type { Return, TimelineEntry } from '../http/contract.ts'

type Progress = Pick<Return, 'status' | 'restocked' | 'refunded'>

const ranks = { requested: 0, approved: 1, declined: 2, received: 2, completed: 3 } as const

/** A return only ever goes forward. */
const progressOf = ({ status, restocked, refunded }: Progress): number =>
  ranks[status] * 3 + Number(restocked) + Number(refunded)

/**
 * By number, of each the one that is further. The API's list may be a moment behind what it answered to a request:
 * what was seen once does not go away again.
 */
export function mergeReturns(known: readonly Return[], more: readonly Return[]): readonly Return[] {
  const merged = new Map(known.map((one) => [one.number, one]))
  for (const one of more) {
    const before = merged.get(one.number)
    if (before === undefined || progressOf(one) >= progressOf(before)) merged.set(one.number, one)
  }
  return [...merged.values()].toSorted((a, b) => a.number - b.number)
}

/** Whether the timeline does not tell yet how far these returns are. */
export function isTimelineBehind(entries: readonly TimelineEntry[], returns: readonly Return[]): boolean {
  const told = new Map<number, number>()
  for (const { data } of entries) {
    const about = data['return']
    if (isReturn(about)) told.set(about.number, Math.max(told.get(about.number) ?? 0, progressOf(about)))
  }
  return returns.some((one) => (told.get(one.number) ?? -1) < progressOf(one))
}

const isReturn = (about: unknown): about is Return =>
  typeof about === 'object' &&
  about !== null &&
  'number' in about &&
  typeof about.number === 'number' &&
  'status' in about &&
  typeof about.status === 'string' &&
  Object.hasOwn(ranks, about.status)
