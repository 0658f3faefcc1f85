import { isOver } from '../../domain/order.ts'
import { findOrder } from '../../workers/projection/queries.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { orderRows } from '../timelines.ts'
import { listRunning, stateOf } from '../workflow-states.ts'

export const workflows: Invariant = {
  name: 'workflows',
  asks: 'Has every order that is not over an open workflow, and every open workflow such an order?',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    const running = await listRunning(context)
    let looked = 0
    for await (const { id, status } of orderRows(context, 'open')) {
      looked += 1
      const state = running.has(id) ? 'running' : await stateOf(context, id)
      if (state === 'running') continue
      findings.push({
        subject: id,
        orderId: id,
        difference: `it is ${status}, its workflow: ${state}`,
        repair: `POST /v1/admin/orders/${id}/resumption {"undo":true,"note":"..."}`,
      })
    }
    for (const id of context.orderId === undefined ? running : [context.orderId].filter((one) => running.has(one))) {
      const row = await findOrder(context.orders, id, 'all')
      if (row !== undefined && !isOver(row.status)) continue
      if ((await stateOf(context, id)) !== 'running') continue
      looked += 1
      findings.push({
        subject: id,
        orderId: id,
        difference: `its workflow is open, the order: ${row?.status ?? 'unknown to readers'}`,
        repair: `Look in the Temporal Web UI what it waits for; npm run projection:rebuild -- --dry-run if readers are behind`,
      })
    }
    return { looked, findings }
  },
}
