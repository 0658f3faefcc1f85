import {
  ApplicationFailure,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import { isOver, type OrderStatus } from '../../domain/order.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { findOrderState, visibleTo } from './find.ts'
import type { OrderState } from './state.ts'

export type Decision =
  | { readonly kind: 'accepted'; readonly state: OrderState }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown' }

/**
 * Lets the order's workflow decide by an Update, if this reader may see the order and it is not over.
 * @param refusal what the workflow's guard calls its no.
 */
export async function letWorkflowDecide(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  refusal: 'notCancellable' | 'notRetryable' | 'paymentMethodNotAwaited',
  update: (workflow: WorkflowHandle) => Promise<{ readonly status: OrderStatus }>,
): Promise<Decision> {
  const state = await findOrderState(deps, visibleTo(by), id)
  if (state === undefined) return { kind: 'unknown' }
  if (isOver(state.status)) return { kind: 'refused' }
  try {
    const { status } = await update(deps.temporal.client.workflow.getHandle(id))
    return { kind: 'accepted', state: { ...state, status } }
  } catch (error) {
    if (isRefusal(error, refusal)) return { kind: 'refused' }
    throw error
  }
}

/** Said by the guard, or by there being no open workflow: then the order is over. */
const isRefusal = (error: unknown, type: string): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type === type)
