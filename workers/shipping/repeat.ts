import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../platform/log.ts'

/** Does something now and then, one after the other; a failure is left to the next time. @returns what ends it. */
export function repeat(everyMs: number, what: string, work: () => Promise<void>, log: Log): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const repeating = (async () => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => log.warn({ err: error }, `${what} failed; it will be tried again`))
      await pause(everyMs, undefined, { signal }).catch(() => undefined) // only being stopped ends it early
    }
  })()
  return async () => {
    stopping.abort()
    await repeating
  }
}
