import type { ReceivedEvent } from '../../../events/envelope.ts'

type Handle = (events: readonly ReceivedEvent[]) => Promise<void>

/** A handler that can be exchanged between two batches: those under way end first, those that come meanwhile wait. */
export function makeGate(first: Handle) {
  let handle = first
  let open: Promise<void> = Promise.resolve()
  const underWay = new Set<Promise<void>>()
  return {
    async handle(events: readonly ReceivedEvent[]): Promise<void> {
      await open
      const work = handle(events)
      underWay.add(work)
      try {
        await work
      } finally {
        underWay.delete(work)
      }
    },
    /** @param change makes the next handler; should it fail, the old one goes on. */
    async exchange(change: () => Promise<Handle>): Promise<void> {
      let reopen = (): void => undefined
      open = new Promise((resolve) => (reopen = resolve))
      await Promise.allSettled(underWay)
      try {
        handle = await change()
      } finally {
        reopen()
      }
    },
  }
}
