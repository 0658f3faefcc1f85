import type { Outcome } from './outcome.ts'
import type { Incident } from './rounds.ts'
import type { Finding } from './verify.ts'

/** What a finding of `verify` says about the order that it names. */
const meaning: Readonly<Record<string, Outcome['fault']>> = {
  accepted: 'lost',
  workflows: 'lost',
  deadlines: 'lost',
  ledger: 'doubled',
  captures: 'doubled',
  provider: 'doubled',
  events: 'doubled',
}

const head = ['fault', 'times', 'orders in flight', 'lost', 'doubled', 'wrongly ended', 'recovery p50 / p99, s']

/** One row per fault; an order counts for each that struck while it was under way. */
export function table(
  incidents: readonly Incident[],
  outcomes: readonly Outcome[],
  findings: readonly Finding[],
): string {
  const named = new Map(findings.map(({ orderId, invariant }) => [orderId, meaning[invariant] ?? 'wronglyEnded']))
  const judged = outcomes.map((one) => ({ ...one, fault: one.fault ?? named.get(one.id) }))
  const rows = [...new Set(incidents.map(({ fault }) => fault))].toSorted().map((fault) => {
    const struck = incidents.filter((one) => one.fault === fault)
    const met = struck.flatMap(({ from, to }) => judged.filter((one) => one.from <= to && one.to >= from))
    return [fault, `${struck.length}`, `${met.length}`, ...counts(met), recovery(struck)]
  })
  const all = ['all', `${incidents.length}`, `${judged.length}`, ...counts(judged), recovery(incidents)]
  return [head, head.map(() => '---'), ...rows, all].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const counts = (met: readonly Outcome[]): readonly string[] =>
  (['lost', 'doubled', 'wronglyEnded'] as const).map(
    (what) => `${new Set(met.filter(({ fault }) => fault === what).map(({ id }) => id)).size}`,
  )

function recovery(struck: readonly Incident[]): string {
  const sorted = struck.map(({ recoveryMs }) => recoveryMs).toSorted((a, b) => a - b)
  const at = (part: number) => ((sorted[Math.ceil(part * sorted.length) - 1] ?? 0) / 1000).toFixed(1)
  return `${at(0.5)} / ${at(0.99)}`
}
