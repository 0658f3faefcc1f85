import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import type { RefundOrder, RequestReturn } from '../../domain/returns/messages.ts'
import type { ReturnView } from '../../domain/returns/view.ts'
import {
  decideReturn,
  receiveReturn,
  refundOrder,
  requestReturn,
  type ReturnAccepted,
  type ReturnsInput,
  retryReturn,
  returnsWorkflowId,
  returnsWorkflowType,
} from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { refusalOf } from '../orders/decide.ts'
import { findOrderState, visibleTo } from '../orders/find.ts'
import { fingerprintOf } from '../orders/ids.ts'

type Needs = Pick<Deps, 'orders' | 'temporal' | 'taskQueue' | 'returns'>

/** What the guard says no with; `notDelivered` is said before it is asked. */
const refusals = [
  'notDelivered',
  'windowOver',
  'moreThanBought',
  'moreThanPaid',
  'keyReused',
  'notNow',
  'secondAdminNeeded',
] as const
export type Refusal = (typeof refusals)[number]

export type Asked<Result> =
  | { readonly kind: 'accepted'; readonly result: Result }
  | { readonly kind: 'refused'; readonly why: Refusal }
  | { readonly kind: 'unknown' }

export type Wish = {
  readonly by: Principal
  readonly orderId: string
  /** The caller's own key: the same request again is the same return. */
  readonly key: string | undefined
  readonly traceparent: string
}

type Wanted<Request> = Omit<Request, 'by' | 'at' | 'key' | 'guarded'>

export const askForReturn = (deps: Needs, wish: Wish, wanted: Wanted<RequestReturn>) =>
  askGuard(deps, wish, wanted, (about, start) =>
    deps.temporal.client.workflow.executeUpdateWithStart(requestReturn, {
      startWorkflowOperation: start,
      args: [{ ...wanted, ...about, guarded: true }],
    }),
  )

export const askForRefund = (deps: Needs, wish: Wish, wanted: Wanted<RefundOrder>) =>
  askGuard(deps, wish, wanted, (about, start) =>
    deps.temporal.client.workflow.executeUpdateWithStart(refundOrder, {
      startWorkflowOperation: start,
      args: [{ ...wanted, ...about, guarded: true }],
    }),
  )

type About = Pick<RequestReturn, 'by' | 'at' | 'key'>
type Start = WithStartWorkflowOperation<(input: ReturnsInput) => Promise<unknown>>

/** Until when goods of a delivered order can be sent back. */
export const windowEndOf = ({ updatedAt }: { readonly updatedAt: string }, windowMs: number): string =>
  new Date(Date.parse(updatedAt) + windowMs).toISOString()

/** The workflow that guards an order's returns is started by the first of them. */
async function askGuard(
  deps: Needs,
  { by, orderId, key, traceparent }: Wish,
  wanted: object,
  update: (about: About, start: Start) => Promise<ReturnAccepted>,
): Promise<Asked<ReturnAccepted>> {
  const state = await findOrderState(deps, visibleTo(by), orderId)
  if (state === undefined) return { kind: 'unknown' }
  if (state.status !== 'delivered') return { kind: 'refused', why: 'notDelivered' }
  const { windowMs, ...rules } = deps.returns
  const windowEndsAt = windowEndOf(state, windowMs)
  if (Date.now() > Date.parse(windowEndsAt)) return { kind: 'refused', why: 'windowOver' }
  const start: Start = new WithStartWorkflowOperation(returnsWorkflowType, {
    workflowId: returnsWorkflowId(orderId),
    taskQueue: deps.taskQueue,
    args: [{ order: state.order, rules: { ...rules, windowEndsAt }, traceparent }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `Returns of order ${orderId}`,
  })
  const about = {
    by: { kind: by.role, id: by.id },
    at: new Date().toISOString(),
    ...(key !== undefined && { key: { id: `${by.id}:${key}`, fingerprint: fingerprintOf(wanted) } }),
  }
  return decided(() => update(about, start))
}

type Decision = { readonly by: Principal; readonly orderId: string; readonly number: number }

const handle = ({ temporal }: Needs, orderId: string) => temporal.client.workflow.getHandle(returnsWorkflowId(orderId))
const now = ({ by, number }: Decision) => ({
  number,
  by: { kind: by.role, id: by.id },
  at: new Date().toISOString(),
})

export const decideOn = (deps: Needs, decision: Decision, how: { readonly approve: boolean; readonly note?: string }) =>
  decided(() => handle(deps, decision.orderId).executeUpdate(decideReturn, { args: [{ ...how, ...now(decision) }] }))

export const receive = (deps: Needs, decision: Decision, how: { readonly note?: string }) =>
  decided(() => handle(deps, decision.orderId).executeUpdate(receiveReturn, { args: [{ ...how, ...now(decision) }] }))

export const retry = (deps: Needs, decision: Decision, how: { readonly note: string }): Promise<Asked<ReturnView>> =>
  decided(() => handle(deps, decision.orderId).executeUpdate(retryReturn, { args: [{ ...how, ...now(decision) }] }))

async function decided<Result>(update: () => Promise<Result>): Promise<Asked<Result>> {
  try {
    return { kind: 'accepted', result: await update() }
  } catch (error) {
    // closed: the window is over, and nothing is under way
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'refused', why: 'windowOver' }
    if (error instanceof WorkflowNotFoundError) return { kind: 'unknown' }
    const said = refusalOf(error)
    const why = refusals.find((one) => one === said)
    if (why) return { kind: 'refused', why }
    throw error
  }
}
