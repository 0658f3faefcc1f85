/** How often it looks for what is due though nobody told it, as after a restart. */
const sweepMs = 2_000

/** Says when to look into the book again. What it forgets in a crash, the sweep finds: due times are in the book. */
export function makeClock() {
  let wakeUps: readonly number[] = []
  let ring: () => void = () => undefined
  return {
    wakeIn(ms: number) {
      wakeUps = [...wakeUps, Date.now() + ms]
      ring()
    },
    async next(): Promise<void> {
      const sweepAt = Date.now() + sweepMs
      for (;;) {
        const at = Math.min(sweepAt, ...wakeUps)
        const now = Date.now()
        if (at <= now) break
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, at - now)
          ring = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wakeUps = wakeUps.filter((at) => at > Date.now())
    },
  }
}
