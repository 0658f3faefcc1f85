import { setTimeout as pause } from 'node:timers/promises'

type Repeating = {
  /** Rest between two times. */
  readonly everyMs: number
  /** @returns how long to rest, where that is another time than `everyMs`; 0 where more waits to be done. */
  readonly work: () => Promise<number | void>
  /** A failure is told, and left to the next time. */
  readonly onFailure: (error: unknown) => void
  readonly afterFailureMs?: number
}

/** Does something now and then, one time after the other. @returns when it is stopped and the work under way is done. */
export async function repeatUntil(stopping: AbortSignal, repeating: Repeating): Promise<void> {
  const { everyMs, work, onFailure, afterFailureMs = everyMs } = repeating
  while (!stopping.aborted) {
    let restMs = everyMs
    try {
      restMs = (await work()) ?? everyMs
    } catch (error) {
      onFailure(error)
      restMs = afterFailureMs
    }
    if (restMs > 0) await rest(restMs, stopping)
  }
}

/** The same from now on. @returns what stops it, and waits for the work under way. */
export function startRepeating(repeating: Repeating): () => Promise<void> {
  const stopping = new AbortController()
  const running = repeatUntil(stopping.signal, repeating)
  return async () => {
    stopping.abort()
    await running
  }
}

/** Being stopped ends it early. */
async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error
  })
}
