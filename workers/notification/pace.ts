export type Pace = {
  /** How long until the next one may go; 0: now. */
  readonly waitMs: () => number
  readonly take: () => void
}

/** At most so many a second, evenly: what was not used a moment ago is not made up for, but for a tenth of a second. */
export function makePace(perSecond: number, now: () => number = () => performance.now()): Pace {
  const gapMs = 1000 / perSecond
  const slackMs = Math.max(gapMs, 100)
  let nextAt = Number.NEGATIVE_INFINITY
  return {
    waitMs: () => Math.max(0, nextAt - now()),
    take() {
      nextAt = Math.max(nextAt, now() - slackMs + gapMs) + gapMs
    },
  }
}
