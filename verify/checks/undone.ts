import { isOver } from '../../domain/order.ts'
import { undoingFaults } from '../../domain/saga/faults.ts'
import type { Invariant } from '../invariant.ts'
import { eachTimeline } from './each-timeline.ts'

export const undone: Invariant = {
  name: 'undone',
  asks: 'Of what is over: was all that was begun undone, last stage first, each once?',
  ofOrders: true,
  check: eachTimeline(
    ({ row, saga, events }) => (isOver(row.status) ? undoingFaults(saga, events) : []),
    (id) =>
      `Look what is still held (GET /v1/admin/orders/${id}/payments, the reservation in stock) and undo it at the provider or by a stock adjustment`,
  ),
}
