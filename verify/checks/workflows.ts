import { isOver } from '../../domain/order.ts'
import { listOrders } from '../../workers/projection/queries.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { orderPages } from '../timelines.ts'
import { stateOf, workflowPages } from '../workflow-states.ts'

export const workflows: Invariant = {
  name: 'workflows',
  asks: 'Has every order that is not over an open workflow, and every open workflow such an order?',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    let looked = 0
    const running = new Set<string>()
    for await (const page of workflowPages(context, 'running')) {
      looked += page.length
      for (const id of page) running.add(id)
      findings.push(...(await overOrders(context, page)))
    }
    for await (const page of orderPages(context, 'open')) {
      for (const { id, status } of page.filter((row) => !running.has(row.id))) {
        const state = await stateOf(context, id) // the list may lag behind
        if (state === 'running') continue
        looked += 1
        findings.push({
          subject: id,
          orderId: id,
          difference: `it is ${status}, its workflow: ${state}`,
          repair: `POST /v1/admin/orders/${id}/resumption {"undo":true,"note":"..."}`,
        })
      }
    }
    return { looked, findings }
  },
}

async function overOrders(context: Context, ids: readonly string[]): Promise<readonly Finding[]> {
  const rows = await listOrders(context.orders, 'all', { ids, limit: ids.length })
  const findings: Finding[] = []
  for (const { id, status } of rows.filter((row) => isOver(row.status))) {
    if ((await stateOf(context, id)) !== 'running') continue
    findings.push({
      subject: id,
      orderId: id,
      difference: `it is ${status}, but its workflow is open`,
      repair: `Look what it waits for: temporal workflow show -w ${id}; npm run projection:rebuild -- --dry-run says whether readers are told the truth`,
    })
  }
  return findings
}
