import { returnStatuses, isReturnOver } from '../../domain/returns/view.ts'
import { listReturnEvents } from '../../workers/projection/queries.ts'
import { returnsWorkflowId } from '../../workflows/messages.ts'
import { dueOfReturn } from '../due-of-return.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { stateOf } from '../workflow-states.ts'

const open = returnStatuses.filter((status) => !isReturnOver({ status }))

/** A timer rings a little late. */
const patienceMs = 60_000

export const returns: Invariant = {
  name: 'returns',
  asks: 'Has every return that is under way an open workflow, and is none late? (a minute late is excused)',
  ofOrders: true,
  async check(context) {
    const rows = await context.orders
      .selectFrom('order_return')
      .select(['order_id', 'number', 'status'])
      .where('status', 'in', open)
      .$if(context.orderId !== undefined, (query) => query.where('order_id', '=', context.orderId ?? ''))
      .execute()
    const findings: Finding[] = []
    for (const { order_id: id, number, status } of rows) {
      const state = await stateOf(context, returnsWorkflowId(id))
      const about = { subject: `${id} return ${number}`, orderId: id }
      if (state === 'running') {
        const due = dueOfReturn(await listReturnEvents(context.orders, id, 'all'), number)
        if (due !== undefined && due < Date.now() - patienceMs)
          findings.push({
            ...about,
            difference: `it is ${status}, and what was due at ${new Date(due).toISOString()} did not happen`,
            repair: `See that a workflow worker runs, and why this workflow stands still: temporal workflow show -w ${returnsWorkflowId(id)}`,
          })
        continue
      }
      findings.push({
        ...about,
        difference: `it is ${status}, its workflow: ${state}`,
        repair: `POST /v1/admin/orders/${id}/returns/resumption {"note":"..."}: do nothing by hand, it goes on from there`,
      })
    }
    return { looked: rows.length, findings }
  },
}
