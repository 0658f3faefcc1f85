import { isOver, orderStatuses } from '../../domain/order.ts'
import { retryStep } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { findOrderState, visibleTo } from './find.ts'
import { isRefusal } from './refusal.ts'
import type { OrderState } from './state.ts'

export type Retried =
  | { readonly kind: 'accepted'; readonly state: OrderState }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown' }

/** Asks a stuck or refused undo, commit or capture again; the workflow's guard decides whether there is one. */
export async function requestRetry(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  { step, note }: { readonly step: string; readonly note: string },
): Promise<Retried> {
  const state = await findOrderState(deps, visibleTo(by), id)
  if (state === undefined) return { kind: 'unknown' }
  if (isOver(state.status)) return { kind: 'refused' }
  const retry = { step, note, by: { kind: by.role, id: by.id }, at: new Date().toISOString() }
  try {
    const result = await deps.temporal.client.workflow.getHandle(id).executeUpdate(retryStep, { args: [retry] })
    const status = orderStatuses.find((known) => known === result.status) ?? state.status
    return { kind: 'accepted', state: { ...state, status } }
  } catch (error) {
    if (isRefusal(error, 'notRetryable')) return { kind: 'refused' }
    throw error
  }
}
