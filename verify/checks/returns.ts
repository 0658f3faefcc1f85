import { returnStatuses, isReturnOver } from '../../domain/returns/view.ts'
import { returnsWorkflowId } from '../../workflows/messages.ts'
import type { Finding, Invariant } from '../invariant.ts'
import { stateOf } from '../workflow-states.ts'

const open = returnStatuses.filter((status) => !isReturnOver({ status }))

export const returns: Invariant = {
  name: 'returns',
  asks: 'Has every return that is under way an open workflow?',
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
      if (state === 'running') continue
      findings.push({
        subject: `${id} return ${number}`,
        orderId: id,
        difference: `it is ${status}, its workflow: ${state}`,
        repair: `Finish it by hand: POST /v1/products/{sku}/stock-adjustments for goods that came back, and pay back at the provider: this order takes no return any more`,
      })
    }
    return { looked: rows.length, findings }
  },
}
