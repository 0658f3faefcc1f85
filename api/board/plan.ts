import { isOver } from '../../domain/order.ts'
import type { Action } from '../../domain/saga/event.ts'
import { retryable, runningDeadline } from '../../domain/saga/operate.ts'
import { previewCancellation } from '../../domain/saga/preview.ts'
import { isCancellable, type Saga } from '../../domain/saga/state.ts'
import { sagaView } from '../../domain/saga/view.ts'
import type { ProblemCode } from '../problem.ts'

/** What can be done to many orders. */
export type Bulk =
  | { readonly action: 'retry' }
  | { readonly action: 'cancel' }
  /** What runs out sooner is given the time until then; what runs longer is left alone. */
  | { readonly action: 'extend'; readonly deadlineAt: string }

export type Deed = {
  readonly step: string
  readonly action: Action
  /** With `extend`: how long it may take so far. */
  readonly until?: string
}

export type BulkPlan =
  | { readonly kind: 'would'; readonly deeds: readonly Deed[] }
  | { readonly kind: 'refused'; readonly code: ProblemCode; readonly detail: string }

/** What it would do to this order as it is now, by the guards that decide. */
export function planBulk(bulk: Bulk, saga: Saga): BulkPlan {
  switch (bulk.action) {
    case 'cancel':
      return planCancel(saga)
    case 'retry':
      return planRetry(saga)
    case 'extend':
      return planExtend(saga, bulk.deadlineAt)
  }
}

const refused = (code: ProblemCode, detail: string): BulkPlan => ({ kind: 'refused', code, detail })

function planCancel(saga: Saga): BulkPlan {
  if (!isCancellable(saga)) {
    if (saga.status === 'cancelling') return { kind: 'would', deeds: [] } // it is accepted again, and changes nothing
    return refused('order_not_cancellable', `The order is ${saga.status}.`)
  }
  const { undoes } = previewCancellation(saga)
  return { kind: 'would', deeds: undoes.map(({ step }) => ({ step, action: 'compensate' })) }
}

function planRetry(saga: Saga): BulkPlan {
  const undoing = saga.status === 'cancelling' || saga.status === 'failing'
  const deeds = saga.steps
    .filter(({ step }) => retryable(saga, step))
    .map(({ step, settlement }): Deed => ({
      step,
      action: undoing || settlement === undefined ? 'compensate' : settlement.action,
    }))
  if (deeds.length > 0) return { kind: 'would', deeds }
  return refused('nothing_to_resolve', 'Nothing of it is stuck or was refused.')
}

function planExtend(saga: Saga, deadlineAt: string): BulkPlan {
  const running = isOver(saga.status)
    ? []
    : sagaView(saga).waitingFor.flatMap(({ step, participant, action, until }) => {
        // how long a customer may take for another payment method is not for staff to move
        const isMovable = participant !== 'customer' && runningDeadline(saga, step) === action
        return isMovable && until !== null ? [{ step, action, until }] : []
      })
  const deeds = running.filter(({ until }) => Date.parse(until) < Date.parse(deadlineAt))
  if (deeds.length > 0) return { kind: 'would', deeds }
  return refused('no_deadline', running.length > 0 ? 'Its deadlines are later already.' : 'It waits for nobody.')
}
