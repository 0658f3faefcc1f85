import type { OrderStatus } from '../../domain/order.ts'
import { foldSaga } from '../../domain/saga/view.ts'
import { listEventsOf } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { requestCancellation } from '../orders/cancel.ts'
import type { Decision } from '../orders/decide.ts'
import { requestDeadline, requestRetry } from '../orders/operate.ts'
import type { ProblemCode } from '../problem.ts'
import { type Bulk, type Deed, planBulk } from './plan.ts'

type Needs = Pick<Deps, 'orders' | 'temporal' | 'log'>

/** Orders in one call. */
export const mostOrders = 100
/** Each asks its workflow, so a worker; others want one too. */
const atOnce = 5

/** What became, or would become, of one order. */
export type Fate = {
  readonly id: string
  readonly outcome: 'would' | 'done' | 'refused' | 'failed'
  readonly status?: OrderStatus
  readonly total?: { readonly amountMinor: number; readonly currency: string }
  readonly deeds: readonly Deed[]
  readonly code?: ProblemCode
  readonly detail?: string
}

/** By the guards that decide, and by the events that are known now. */
export async function previewBulk({ orders }: Needs, ids: readonly string[], bulk: Bulk): Promise<readonly Fate[]> {
  const events = await listEventsOf(orders, ids)
  return ids.map((id): Fate => {
    const saga = foldSaga(events.get(id) ?? [])
    if (saga === undefined) {
      return { id, outcome: 'refused', deeds: [], code: 'not_found', detail: 'There is no such order.' }
    }
    const plan = planBulk(bulk, saga)
    const about = { id, status: saga.status, total: saga.order.total }
    return plan.kind === 'would'
      ? { ...about, outcome: 'would', deeds: plan.deeds }
      : { ...about, outcome: 'refused', deeds: [], code: plan.code, detail: plan.detail }
  })
}

/**
 * Does it, order by order: what the preview refuses is not asked for, and every workflow decides once more.
 * @param told hears of each order once it is decided on.
 */
export async function actBulk(
  deps: Needs,
  by: Principal,
  ids: readonly string[],
  bulk: Bulk & { readonly reason: string },
  told: (fate: Fate) => Promise<void>,
): Promise<readonly Fate[]> {
  const planned = await previewBulk(deps, ids, bulk)
  const fates: Fate[] = []
  for (let from = 0; from < planned.length; from += atOnce) {
    const some = planned.slice(from, from + atOnce).map(async (plan) => {
      const fate = plan.outcome === 'would' ? await actOnOne(deps, by, plan, bulk) : plan
      await told(fate)
      return fate
    })
    fates.push(...(await Promise.all(some)))
  }
  return fates
}

async function actOnOne(
  deps: Needs,
  by: Principal,
  plan: Fate,
  bulk: Bulk & { readonly reason: string },
): Promise<Fate> {
  try {
    const decisions = await Promise.all(asksOf(deps, by, plan, bulk))
    const accepted = decisions.find((one) => one.kind === 'accepted')
    if (accepted?.kind === 'accepted') return { ...plan, outcome: 'done', status: accepted.state.status }
    return { ...plan, outcome: 'refused', deeds: [], code: refusals[bulk.action], detail: 'It has gone on meanwhile.' }
  } catch (error) {
    // the others are asked all the same; this one can be asked again
    deps.log.warn({ err: error, orderId: plan.id, action: bulk.action }, 'an act on many orders failed for this one')
    return { ...plan, outcome: 'failed', deeds: [], code: 'dependency_unavailable', detail: 'Try it again soon.' }
  }
}

const refusals = {
  retry: 'nothing_to_resolve',
  cancel: 'order_not_cancellable',
  extend: 'no_deadline',
} as const satisfies Readonly<Record<Bulk['action'], ProblemCode>>

function asksOf(
  deps: Needs,
  by: Principal,
  { id, deeds }: Fate,
  bulk: Bulk & { readonly reason: string },
): readonly Promise<Decision>[] {
  const { reason: note } = bulk
  if (bulk.action === 'cancel') return [requestCancellation(deps, by, id, note)]
  if (bulk.action === 'retry') return deeds.map(({ step }) => requestRetry(deps, by, id, { step, note }))
  const { deadlineAt } = bulk
  return deeds.map(({ step }) => requestDeadline(deps, by, id, { step, deadlineAt, note }))
}
