/** Of a fetch they wait at the same time, not one after the other. */
export const manyPartitions = 64

/**
 * Makes batches larger: both clients wait for every batch of a fetch before the next one, so each of them holds it up by
 * waiting, and all wait until one time. Counted from their beginning, so that work which takes longer waits for nothing.
 * @returns to be called when a batch begins; what that returns, when it is done.
 */
export function makeGathering(ms: number): () => () => Promise<void> {
  let until = 0
  return () => {
    const now = performance.now()
    if (now >= until) until = now + ms
    const mine = until
    return async () => {
      const left = mine - performance.now()
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
    }
  }
}
