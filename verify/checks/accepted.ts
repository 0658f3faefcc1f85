import { listOrders } from '../../workers/projection/queries.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { describe, workflowPages } from '../workflow-states.ts'

/** Placing an order does nothing but start its workflow, so the workflows are the orders that were accepted. */
const underWayMs = 60_000

export const accepted: Invariant = {
  name: 'accepted',
  asks: 'Is every order that was accepted known to readers? (a minute is excused; as far back as Temporal remembers)',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    for await (const ids of workflowPages(context, 'all')) {
      looked += ids.length
      const rows = await listOrders(context.orders, 'all', { ids, limit: ids.length })
      const known = new Set(rows.map(({ id }) => id))
      for (const id of ids.filter((one) => !known.has(one))) {
        const { state, startedAt = new Date(0) } = await describe(context, id)
        if (state === 'running' && Date.now() - startedAt.getTime() < underWayMs) continue
        findings.push({
          subject: id,
          orderId: id,
          difference: `it was accepted, its workflow: ${state}; readers never heard of it`,
          repair:
            state === 'running'
              ? 'See that a workflow worker and the projection run, and that Kafka takes events (docs/operations.md, Outages)'
              : `Its order is in the history (temporal workflow show -w ${id}): tell the customer, and place it once more`,
        })
      }
    }
    return { looked, findings }
  },
}
