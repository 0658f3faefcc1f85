import { setTimeout as timer } from 'node:timers/promises'
import type { Lane } from '../../events/topics.ts'

/** So many things at once, and waits that something else can end. */
export type Slots = {
  readonly free: () => number
  readonly taken: (lane: Lane) => number
  /** Takes a slot until the work, which may not fail, is over. */
  readonly run: (lane: Lane, work: () => Promise<void>) => void
  readonly oneFree: () => Promise<void>
  readonly allFree: () => Promise<void>
  /** Ends a wait for being woken, now or the next one. */
  readonly wake: () => void
  /** Until woken, until a slot is freed, or until so long has passed. */
  readonly untilWoken: (mostMs: number) => Promise<void>
  readonly pause: (ms: number) => Promise<void>
  /** Ends every wait but those for slots. */
  readonly end: () => void
}

export function makeSlots(count: number): Slots {
  const taken: Record<Lane, number> = { realtime: 0, bulk: 0 }
  const ending = new AbortController()
  let waiting: (() => void) | undefined
  let wasWoken = false
  const used = (): number => taken.realtime + taken.bulk

  function tell(): void {
    wasWoken = true
    waiting?.()
  }

  async function untilTold(mostMs?: number): Promise<void> {
    if (!wasWoken) {
      await new Promise<void>((resolve) => {
        const timeout = mostMs === undefined ? undefined : setTimeout(resolve, mostMs)
        waiting = () => {
          clearTimeout(timeout)
          resolve()
        }
      })
      waiting = undefined
    }
    wasWoken = false
  }

  return {
    free: () => count - used(),
    taken: (lane) => taken[lane],
    run(lane, work) {
      taken[lane] += 1
      void work().finally(() => {
        taken[lane] -= 1
        tell()
      })
    },
    async oneFree() {
      while (used() >= count) await untilTold()
    },
    async allFree() {
      while (used() > 0) await untilTold()
    },
    wake: tell,
    untilWoken: untilTold,
    pause: (ms) => timer(ms, undefined, { signal: ending.signal }).catch(() => undefined), // ended early
    end() {
      ending.abort()
      tell()
    },
  }
}
