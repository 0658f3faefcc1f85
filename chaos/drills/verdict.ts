import type { Order } from '../../client/contract.ts'
import type { DrillVerdict } from '../../platform/drill.ts'
import type { Placed } from '../load.ts'
import { judge, type Outcome } from '../outcome.ts'
import type { CheckFinding } from './check.ts'

export type Seen = {
  readonly placed: readonly Placed[]
  readonly orders: readonly Order[]
  /** Answers of the API that no outage excuses. */
  readonly unexpected: readonly string[]
  readonly newFindings: readonly CheckFinding[]
}

/** Told of what must not be. */
const mostFaults = 20

/** What came of the orders, and whether that is what was to be expected. */
export function verdictOn({ placed, orders, unexpected, newFindings }: Seen): DrillVerdict {
  const late = new Set(orders.filter(isTooLate).map(({ id }) => id))
  const outcomes = judge(placed, orders)
  const isExcused = ({ id, fault }: Outcome): boolean => fault === 'wronglyEnded' && late.has(id)
  const wrong = outcomes.filter((one) => one.fault !== undefined && !isExcused(one))
  const count = (fault: Outcome['fault']): number => wrong.filter((one) => one.fault === fault).length
  const faults = [
    ...wrong.map(({ kind, id, fault, is }) => `${fault}: ${kind} order ${id} is ${is}`),
    ...unexpected.map((answer) => `unexpected answer: ${answer}`),
    ...newFindings.map(({ invariant, subject, difference }) => `${invariant}: ${subject}: ${difference}`),
  ]
  return {
    isAsExpected: faults.length === 0,
    ends: endsOf(orders),
    lost: count('lost'),
    doubled: count('doubled'),
    wronglyEnded: count('wronglyEnded'),
    timedOut: late.size,
    invariantsHeld: newFindings.length === 0,
    newFindings: newFindings.length,
    faults: faults.slice(0, mostFaults),
  }
}

/** The fault lasted longer than a deadline of the demo allows, and the order was undone as it should be. */
const isTooLate = ({ status, failure }: Order): boolean => status === 'rejected' && failure?.code === 'timed_out'

function endsOf(orders: readonly Order[]): DrillVerdict['ends'] {
  const counts = new Map<string, number>()
  for (const { status } of orders) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => ({ status, count })).toSorted((a, b) => b.count - a.count)
}
