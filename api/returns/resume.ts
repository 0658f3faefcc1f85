import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { foldReturns } from '../../domain/returns/fold.ts'
import { openReturns } from '../../domain/returns/state.ts'
import { listReturnEvents } from '../../workers/projection/queries.ts'
import { returnsWorkflowId, returnsWorkflowType } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import { findOrderState } from '../orders/find.ts'
import { isSettled, workflowState } from '../orders/workflow.ts'
import { windowEndOf } from './ask.ts'

type Needs = Pick<Deps, 'orders' | 'temporal' | 'taskQueue' | 'returns' | 'caughtUp' | 'resumeQuietMs'>

export type ReturnsResumed =
  | 'resumed'
  | 'unknown'
  /** There are none, their workflow is open, or it ended as it should. */
  | 'notLost'
  /** Their last events may not be folded yet: going on now could use a sequence twice. */
  | 'behind'

/** Takes up the returns of an order whose workflow is gone, from what their events tell. What is late is asked again. */
export async function resumeReturns(deps: Needs, id: string, traceparent: string): Promise<ReturnsResumed> {
  const found = await findOrderState(deps, 'all', id)
  if (found === undefined) return 'unknown'
  const workflowId = returnsWorkflowId(id)
  const workflow = await workflowState(deps, workflowId)
  if (workflow.name === 'running' || workflow.name === 'completed') return 'notLost'
  const events = await listReturnEvents(deps.orders, id, 'all')
  const last = events.at(-1)
  if (last === undefined) return 'notLost'
  if (!(await isSettled(deps, workflow.closedAt ?? new Date(last.time)))) return 'behind'
  const { windowMs, ...rules } = deps.returns
  const { order } = found
  const own = { ...rules, windowEndsAt: windowEndOf(found, windowMs) }
  const opened = openReturns(order, own, found.updatedAt, traceparent)
  // read again: all of them are there now
  const resume = foldReturns(opened, await listReturnEvents(deps.orders, id, 'all'))
  try {
    await deps.temporal.client.workflow.start(returnsWorkflowType, {
      workflowId,
      taskQueue: deps.taskQueue,
      args: [{ order, rules: own, traceparent, resume }],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      staticSummary: `Returns of order ${id}`,
    })
    return 'resumed'
  } catch (error) {
    // somebody else was faster
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'notLost'
    throw error
  }
}
