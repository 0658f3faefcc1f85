import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../platform/log.ts'
import { passes } from './platformatic-errors.ts'
import { mostRetries, pauseBefore } from './platformatic-settings.ts'

export type Patience = {
  /** Waits a little longer each time. @throws what it is given when waiting does not help, or has not helped. */
  readonly wait: (error: unknown, signal: AbortSignal) => Promise<void>
  readonly reset: () => void
}

/** What passes is waited out, however long it lasts; anything else gets a broker restart's time. */
export function makePatience(log: Log): Patience {
  let [waits, lasting] = [0, 0]
  return {
    async wait(error, signal) {
      if (!passes(error)) lasting += 1
      if (lasting > mostRetries) throw error
      log.warn({ err: error, waits }, 'the consumer starts again')
      const ms = pauseBefore(waits)
      waits += 1
      await pause(ms, undefined, { signal }).catch(() => undefined) // called off: whoever did knows why
    },
    reset: () => {
      waits = 0
      lasting = 0
    },
  }
}
