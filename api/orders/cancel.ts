import { isOver, orderStatuses } from '../../domain/order.ts'
import { cancelOrder } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { findOrderState, visibleTo } from './find.ts'
import { isRefusal } from './refusal.ts'
import type { OrderState } from './state.ts'

export type Cancelled =
  | { readonly kind: 'accepted'; readonly state: OrderState }
  | { readonly kind: 'refused'; readonly state: OrderState }
  | { readonly kind: 'unknown' }

/** Asks the order's workflow, whose guard decides at once whether the order is cancelled. */
export async function requestCancellation(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  reason: string | undefined,
): Promise<Cancelled> {
  const state = await findOrderState(deps, visibleTo(by), id)
  if (state === undefined) return { kind: 'unknown' }
  if (isOver(state.status)) return { kind: 'refused', state }
  const cancel = {
    by: { kind: by.role, id: by.id },
    ...(reason !== undefined && { reason }),
    at: new Date().toISOString(),
  }
  try {
    const result = await deps.temporal.client.workflow.getHandle(id).executeUpdate(cancelOrder, { args: [cancel] })
    const status = orderStatuses.find((known) => known === result.status) ?? 'cancelling'
    return { kind: 'accepted', state: { ...state, status } }
  } catch (error) {
    if (isRefusal(error, 'notCancellable')) return { kind: 'refused', state }
    throw error
  }
}
