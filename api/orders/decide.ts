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
  /** By the guard, or because the order is over: then without a reason. */
  | { readonly kind: 'refused'; readonly why?: string }
  | { readonly kind: 'unknown' }

/**
 * Lets the order's workflow decide by an Update, if this reader may see the order and it is not over.
 * @param refusals what the workflow's guard calls its no.
 */
export async function letWorkflowDecide(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  refusals: readonly string[],
  update: (workflow: WorkflowHandle) => Promise<{ readonly status: OrderStatus }>,
): Promise<Decision> {
  const state = await findOrderState(deps, visibleTo(by), id)
  if (state === undefined) return { kind: 'unknown' }
  if (isOver(state.status)) return { kind: 'refused' }
  try {
    const { status } = await update(deps.temporal.client.workflow.getHandle(id))
    return { kind: 'accepted', state: { ...state, status } }
  } catch (error) {
    // no open workflow: the order is over
    if (error instanceof WorkflowNotFoundError) return { kind: 'refused' }
    const why = refusalOf(error)
    if (why !== undefined && refusals.includes(why)) return { kind: 'refused', why }
    throw error
  }
}

/** What a workflow's guard calls its no; undefined if it was something else that went wrong. */
export const refusalOf = (error: unknown): string | undefined =>
  error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? (error.cause.type ?? undefined)
    : undefined
