import { setTimeout as pause } from 'node:timers/promises'
import { groups } from '../events/topics.ts'
import type { Context } from './context.ts'
import type { Finding, Invariant, Result } from './invariant.ts'
import { patiently } from './patiently.ts'

export type Row = Result & { readonly name: string; readonly asks: string }

/** Commits, visibility and timers may be so much behind what has happened. */
const settleMs = 2_000

/**
 * Looks at every invariant, and a second time at those that seem broken, when the consumers have taken in what was on
 * the topic and two seconds more: a finding is what both looks say. One after the other, so that a running shop hardly
 * feels it.
 */
export async function lookAt(context: Context, invariants: readonly Invariant[]): Promise<readonly Row[]> {
  const wanted = context.orderId === undefined ? invariants : invariants.filter(({ ofOrders }) => ofOrders)
  const first = new Map<Invariant, Result>()
  for (const invariant of wanted) first.set(invariant, await look(context, invariant))
  if ([...first.values()].some(({ findings }) => findings.length > 0)) await letSettle(context)
  const rows: Row[] = []
  for (const [invariant, before] of first) {
    const { name, asks } = invariant
    if (before.findings.length === 0) {
      rows.push({ name, asks, ...before })
      continue
    }
    const after = await look(context, invariant)
    rows.push({ name, asks, looked: after.looked, findings: lasting(before.findings, after.findings) })
  }
  return rows
}

/** Up to eight seconds for the groups; one that nobody consumes for is not waited for. */
async function letSettle(context: Context): Promise<void> {
  const health = await context.groups.read()
  const running = groups.filter((group) => health?.get(group)?.members !== 0)
  await Promise.all(running.map((group) => context.groups.caughtUp(group)))
  await pause(settleMs)
}

async function look(context: Context, { check }: Invariant): Promise<Result> {
  const { looked, findings } = await patiently(() => check(context))
  const { orderId } = context
  return { looked, findings: orderId === undefined ? findings : findings.filter((one) => one.orderId === orderId) }
}

/** What the second look says of what the first one named as well; numbers may have moved between them. */
export function lasting(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const before = new Set(first.map(({ subject }) => subject))
  return second.filter(({ subject }) => before.has(subject))
}
