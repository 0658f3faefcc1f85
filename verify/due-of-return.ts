import type { OrderEvent } from '../domain/saga/event.ts'

/** By when the next thing has to happen to a return, as its events tell; undefined: nothing is waited for. */
export function dueOfReturn(events: readonly OrderEvent[], number: number): number | undefined {
  const open = new Map<string, number>()
  for (const { data } of events.filter((one) => one.data.return?.number === number)) {
    if (data.action !== undefined) open.delete(data.action)
    for (const { action, deadlineAt } of data.asks ?? []) open.set(action, Date.parse(deadlineAt))
  }
  return open.size === 0 ? undefined : Math.min(...open.values())
}
