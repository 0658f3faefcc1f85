const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Between one try and the next; after the last of them one more, and that was it: 13 tries in just under 24 hours. */
const waits: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  4 * hour,
  4 * hour,
  4 * hour,
  4 * hour,
]

export const mostTries = waits.length + 1

/**
 * The pause after the try of that number, counted from 1, in milliseconds: up to a fifth shorter than its step, so that
 * what failed together does not come back together.
 * @param scale of all times; 1 but for tests.
 * @param random from 0 up to 1; a workflow's own, which is the same in a replay.
 * @returns undefined after the last try.
 */
export function waitAfter(tries: number, scale: number, random: number): number | undefined {
  const step = waits[tries - 1]
  return step === undefined ? undefined : Math.round(step * scale * (1 - random / 5))
}
