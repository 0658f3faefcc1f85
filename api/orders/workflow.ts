import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client'
import { inSpan } from '../../platform/tracing.ts'
import { formatMoney } from '../../domain/money.ts'
import type { Order, OrderStatus } from '../../domain/order.ts'
import { type OrderInput, type OrderMemo, orderWorkflowType } from '../../workflows/messages.ts'
import { customerIdKey, needsAttentionKey, orderStatusKey } from '../../workflows/search-attributes.ts'
import type { Deps } from '../deps.ts'

type WithTemporal = Pick<Deps, 'temporal'>

/**
 * The one effect of placing an order. The order's id is the workflow's, so a second start is refused, whether the first
 * one still runs or is over. @returns false where it was started before.
 */
export const startOrder = (deps: CanStart, input: OrderInput): Promise<boolean> =>
  start(deps, input, { status: 'placed', needsAttention: false, workflowIdReusePolicy: 'REJECT_DUPLICATE' })

/** An order under way whose workflow is gone goes on in a new one. @returns false where there is an open one. */
export const resumeOrder = (deps: CanStart, input: Resumption): Promise<boolean> => {
  const { status, attention } = input.resume.saga
  const needsAttention = attention.length > 0
  return start(deps, input, { status, needsAttention, workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' })
}

type Resumption = OrderInput & Required<Pick<OrderInput, 'resume'>>
type CanStart = Pick<Deps, 'temporal' | 'taskQueue'>
type How = {
  readonly status: OrderStatus
  readonly needsAttention: boolean
  readonly workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY'
}

async function start({ temporal, taskQueue }: CanStart, input: OrderInput, how: How): Promise<boolean> {
  const { order, fingerprint } = input
  const memo: OrderMemo = { order, fingerprint }
  const attributes = { 'holdfast.order.id': order.id }
  const beginning = { parent: input.traceparent, kind: 'client' as const, attributes }
  const begin = () =>
    temporal.client.workflow.start(orderWorkflowType, {
      workflowId: order.id,
      taskQueue,
      args: [input],
      workflowIdReusePolicy: how.workflowIdReusePolicy,
      workflowIdConflictPolicy: 'FAIL',
      memo,
      typedSearchAttributes: [
        { key: orderStatusKey, value: how.status },
        { key: customerIdKey, value: order.customerId },
        { key: needsAttentionKey, value: how.needsAttention },
      ],
      staticSummary: summary(order),
    })
  try {
    await inSpan(`StartWorkflow:${orderWorkflowType}`, beginning, begin)
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false
    throw error
  }
}

/** Whether all that a workflow told before it was gone can be known to be in our tables. */
export const isSettled = async (deps: Pick<Deps, 'resumeQuietMs' | 'caughtUp'>, lastHeard: Date): Promise<boolean> =>
  Date.now() - lastHeard.getTime() >= deps.resumeQuietMs && (await deps.caughtUp('projection'))

/** How an order's workflow stands; `none` where Temporal has never heard of it, or has forgotten it. */
export async function workflowState({ temporal }: WithTemporal, id: string): Promise<WorkflowState> {
  try {
    const { status, closeTime } = await temporal.client.workflow.getHandle(id).describe()
    return { name: status.name.toLowerCase(), ...(closeTime && { closedAt: closeTime }) }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { name: 'none' }
    throw error
  }
}

export type WorkflowState = { readonly name: string; readonly closedAt?: Date }

/** What its workflow tells of an order without a worker's help. @returns undefined where there is no such order. */
export async function readMemo({ temporal }: WithTemporal, id: string): Promise<OrderMemo | undefined> {
  try {
    const { type, memo } = await temporal.client.workflow.getHandle(id).describe()
    return type === orderWorkflowType && isOrderMemo(memo) ? memo : undefined
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

/** Nobody but `startOrder` writes it: its two members are proof enough. */
const isOrderMemo = (memo: Record<string, unknown> | undefined): memo is OrderMemo =>
  typeof memo?.['fingerprint'] === 'string' && typeof memo['order'] === 'object' && memo['order'] !== null

/** `3 items, EUR 59.90`: what the list in the Temporal Web UI says. */
function summary({ lines, total }: Order): string {
  const items = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return `${items} ${items === 1 ? 'item' : 'items'}, ${formatMoney(total)}`
}
