import { nextDeadline } from '../../domain/saga/react.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { timelinePages } from '../timelines.ts'
import { stateOf } from '../workflow-states.ts'

/** Deadlines count from publication, and a timer rings a little late. */
const patienceMs = 60_000

export const deadlines: Invariant = {
  name: 'deadlines',
  asks: 'Is no order under way older than its deadlines allow? (a minute late is excused)',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    for await (const page of timelinePages(context, 'open')) {
      looked += page.length
      for (const { row, saga } of page) {
        const due = nextDeadline(saga)
        if (due === undefined || due > Date.now() - patienceMs) continue
        if ((await stateOf(context, row.id)) !== 'running') continue // told as one without a workflow
        findings.push({
          subject: row.id,
          orderId: row.id,
          difference: `it is ${row.status}, and what was due at ${new Date(due).toISOString()} did not happen`,
          repair: `See that a workflow worker runs, and why this workflow stands still: failed workflow tasks in the Temporal Web UI, or temporal workflow show -w ${row.id}`,
        })
      }
    }
    return { looked, findings }
  },
}
