import { foldSaga } from '../../domain/saga/view.ts'
import { listEventsOf } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { requestCancellation } from '../orders/cancel.ts'
import type { Decision } from '../orders/decide.ts'
import { requestDeadline, requestRetry } from '../orders/operate.ts'
import { type Asked, type Fate, fateOf, whileThereIsTime } from './fate.ts'
import { type Bulk, type Deed, planBulk } from './plan.ts'

type Needs = Pick<Deps, 'orders' | 'temporal' | 'log'>

/** Orders in one call. */
export const mostOrders = 100

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

type Act = Bulk & { readonly reason: string }

/**
 * Does it, order by order: what the preview refuses is not asked for, and every workflow decides once more.
 * @param deadlineAt of the request; which orders were not asked before it is told.
 * @param told hears of each order once it is decided on.
 */
export async function actBulk(
  deps: Needs,
  { by, deadlineAt }: { readonly by: Principal; readonly deadlineAt: number },
  ids: readonly string[],
  bulk: Act,
  told: (fate: Fate) => Promise<void>,
): Promise<readonly Fate[]> {
  const planned = await previewBulk(deps, ids, bulk)
  const heard = new Set<string>()
  const tell = async (fate: Fate) => {
    heard.add(fate.id)
    await told(fate)
  }
  const fates = await whileThereIsTime(planned, deadlineAt, async (plan) => {
    const fate = plan.outcome === 'would' ? await actOnOne(deps, by, plan, bulk) : plan
    await tell(fate)
    return fate
  })
  await Promise.all(fates.filter(({ id }) => !heard.has(id)).map(tell))
  return fates
}

async function actOnOne(deps: Needs, by: Principal, plan: Fate, bulk: Act): Promise<Fate> {
  const asks = asksOf(deps, by, plan, bulk)
  const answers = await Promise.allSettled(asks.map(({ answer }) => answer))
  const asked = asks.flatMap(({ deeds }, index): Asked[] => {
    const answer = answers[index]
    return answer === undefined ? [] : [{ deeds, answer }]
  })
  for (const { deeds, answer } of asked) {
    if (answer.status === 'fulfilled') continue
    // the others are asked all the same; this one can be asked again
    const about = { err: answer.reason as unknown, orderId: plan.id, action: bulk.action, deeds }
    deps.log.warn(about, 'an act on many orders failed for this one')
  }
  return fateOf(plan, bulk.action, asked)
}

type Ask = { readonly deeds: readonly Deed[]; readonly answer: Promise<Decision> }

function asksOf(deps: Needs, by: Principal, { id, deeds }: Fate, bulk: Act): readonly Ask[] {
  const { reason: note } = bulk
  if (bulk.action === 'cancel') return [{ deeds, answer: requestCancellation(deps, by, id, note) }]
  const each = (ask: (step: string) => Promise<Decision>) =>
    deeds.map((deed) => ({ deeds: [deed], answer: ask(deed.step) }))
  if (bulk.action === 'retry') return each((step) => requestRetry(deps, by, id, { step, note }))
  // what is read here may lag behind: nobody's time is cut short by giving more
  const { deadlineAt } = bulk
  return each((step) => requestDeadline(deps, by, id, { step, deadlineAt, note, onlyLater: true }))
}
