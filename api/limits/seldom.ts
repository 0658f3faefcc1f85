/** Something that is said at most every so often, however often there is reason to. */
export function makeSeldom(say: (error: unknown) => void, everyMs = 10_000, now: () => number = Date.now) {
  let last = Number.NEGATIVE_INFINITY
  return (error: unknown): void => {
    if (now() - last < everyMs) return
    last = now()
    say(error)
  }
}
