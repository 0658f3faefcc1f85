/** One fault each, done to the running system of the demo: what the drill board offers, in its order. */
export const drillNames = [
  'duplicate',
  'reorder',
  'delay',
  'poison',
  'killWorkflows',
  'killPayment',
  'freezeStock',
  'brokerDown',
  'databaseDown',
  'chargedThenSilent',
] as const
export type DrillName = (typeof drillNames)[number]

/** What a drill is at, in this order; a drill that could not be carried out jumps to the end. */
export const drillPhases = ['preparing', 'loading', 'striking', 'recovering', 'settling', 'checking', 'over'] as const
export type DrillPhase = (typeof drillPhases)[number]

/** Orders per second. */
export const drillRates = { least: 1, most: 10 } as const

export type DrillVerdict = {
  /** Nothing lost, doubled or wrongly ended, no answer of the API that an outage does not excuse, invariants held. */
  readonly isAsExpected: boolean
  /** How the orders stand, by their status. */
  readonly ends: readonly { readonly status: string; readonly count: number }[]
  readonly lost: number
  readonly doubled: number
  readonly wronglyEnded: number
  /** Rejected because a deadline passed meanwhile, and undone: late, and not wrong. */
  readonly timedOut: number
  readonly invariantsHeld: boolean
  /** Findings of the check that were not there before the drill. */
  readonly newFindings: number
  /** What must not be, each in one line; the first of them. */
  readonly faults: readonly string[]
}

/** One drill as it goes on, and what came of it. */
export type DrillRun = {
  readonly id: string
  readonly drill: DrillName
  readonly ordersPerSecond: number
  readonly beganAt: string
  readonly endedAt: string | null
  readonly phase: DrillPhase
  readonly orders: { readonly placed: number; readonly ended: number; readonly open: number }
  /** The order between two of whose steps the fault struck, for drills that look for one. */
  readonly betweenStepsOf: string | null
  readonly struckAt: string | null
  /** From the end of the fault until an order that was placed after it was confirmed. */
  readonly recoveredAfterMs: number | null
  readonly verdict: DrillVerdict | null
  /** Why it could not be carried out. */
  readonly failure: string | null
}

export type DrillBoard = {
  /** How many orders per second may be asked for. */
  readonly rates: { readonly least: number; readonly most: number }
  /** `isPossible`: what it strikes runs here, and is not somebody else's. */
  readonly drills: readonly { readonly name: DrillName; readonly isPossible: boolean }[]
  readonly current: DrillRun | null
  /** Newest first, since the process started. */
  readonly last: readonly DrillRun[]
}
