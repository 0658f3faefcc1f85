const firstMs = 250
const mostMs = 5_000
const calmAfterMs = 30_000

/**
 * How long to wait before a process that died is started again: 250 ms, doubling up to 5 s. One that had lived for
 * 30 s counts as having worked, and starts over.
 */
export function nextDelay(previousMs: number | undefined, livedMs: number): number {
  if (previousMs === undefined || livedMs >= calmAfterMs) return firstMs
  return Math.min(previousMs * 2, mostMs)
}
