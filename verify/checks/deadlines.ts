import { nextDeadline } from '../../domain/saga/react.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { timelines } from '../timelines.ts'
import { stateOf } from '../workflow-states.ts'

/** Deadlines count from publication, and a timer rings a little late. */
const patienceMs = 60_000

export const deadlines: Invariant = {
  name: 'deadlines',
  asks: 'Is no order that has its workflow older than its deadlines allow?',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    for await (const { row, saga } of timelines(context, 'open')) {
      looked += 1
      const due = nextDeadline(saga)
      if (due === undefined || due > Date.now() - patienceMs) continue
      if ((await stateOf(context, row.id)) !== 'running') continue
      findings.push({
        subject: row.id,
        orderId: row.id,
        difference: `it is ${row.status}, and what was due at ${new Date(due).toISOString()} did not happen`,
        repair: `See that a workflow worker runs, and why the workflow stands still (Temporal Web UI, ${row.id}: failed workflow tasks)`,
      })
    }
    return { looked, findings }
  },
}
