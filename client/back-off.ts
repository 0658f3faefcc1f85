/** Half a second, then twice as long each time, ten seconds at most; spread, so that not everyone comes back at once. */
export const pauseMs = (failures: number, random = Math.random()): number =>
  Math.min(10_000, 500 * 2 ** Math.max(0, failures - 1)) * (0.75 + random / 2)

/** Ends early and quietly when it is aborted. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const stop = (): void => {
      clearTimeout(timer)
      resolve()
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
