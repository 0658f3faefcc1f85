/**
 * An endpoint's circuit breaker. Closed while `openedAt` is null; open, one delivery at a time may knock, at `probeAt`;
 * the others wait.
 */
export type Breaker = {
  /** Failures since the last answer. */
  readonly failures: number
  readonly openedAt: Date | null
  readonly probeAt: Date | null
  /** How often somebody knocked since it opened. */
  readonly probes: number
}

export const closedBreaker: Breaker = { failures: 0, openedAt: null, probeAt: null, probes: 0 }

export type BreakerRules = {
  /** So many failures in a row open it. */
  readonly mostFailures: number
  /** Of all times; 1 but for tests. */
  readonly scale: number
}

const minute = 60_000
const hour = 60 * minute

/** How long nobody knocks after the knock of that number: a minute, then twice as long, an hour at most. */
export const coolDownMs = (probes: number, { scale }: Pick<BreakerRules, 'scale'>): number =>
  Math.min(hour, minute * 2 ** Math.min(probes, 6)) * scale

/** Open for longer than this, the endpoint is given up. */
export const hopelessAfterMs = ({ scale }: Pick<BreakerRules, 'scale'>): number => 24 * hour * scale

export type Gate =
  | { readonly kind: 'pass' }
  /** One may knock; which one, the table decides. */
  | { readonly kind: 'knock' }
  | { readonly kind: 'wait'; readonly ms: number }

export function gateOf({ openedAt, probeAt }: Breaker, now: Date): Gate {
  if (openedAt === null) return { kind: 'pass' }
  const ms = (probeAt?.getTime() ?? 0) - now.getTime()
  return ms <= 0 ? { kind: 'knock' } : { kind: 'wait', ms }
}
