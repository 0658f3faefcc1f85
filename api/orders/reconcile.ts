import { isOver, openStatuses } from '../../domain/order.ts'
import { holdings } from '../../domain/saga/operate.ts'
import type { Saga } from '../../domain/saga/state.ts'
import { foldSaga } from '../../domain/saga/view.ts'
import { findOrder, listEvents, listOrders, type OrderRow } from '../../workers/projection/queries.ts'
import { resendMovements } from '../../workers/shipping/movements.ts'
import { orderWorkflowType } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { isSettled, resumeOrder, workflowState } from './workflow.ts'

type Needs = Pick<Deps, 'orders' | 'shipping' | 'temporal' | 'taskQueue' | 'caughtUp' | 'resumeQuietMs'>

/** An order that is not over and that no workflow cares for. */
export type LostOrder = {
  readonly row: OrderRow
  /** How its workflow ended; `none`: there is no trace of it. */
  readonly workflow: string
  readonly holds: ReturnType<typeof holdings>
}

/** Younger news may be on its way still. */
const settledAfterMs = 10_000
const pageSize = 200

/** At most `limit` lost orders. Reads every order that is not over: for when something has gone wrong. */
export async function findLost(
  deps: Needs,
  limit: number,
  olderThanMs = settledAfterMs,
): Promise<readonly LostOrder[]> {
  const running = await runningOrders(deps)
  const lost: LostOrder[] = []
  for await (const row of openOrders(deps)) {
    if (lost.length >= limit) break
    if (running.has(row.id) || row.updated_at.getTime() > Date.now() - olderThanMs) continue
    const workflow = await workflowState(deps, row.id) // the list of running ones may lag
    if (workflow.name === 'running') continue
    const saga = foldSaga(await listEvents(deps.orders, row.id, 'all'))
    lost.push({ row, workflow: workflow.name, holds: saga ? holdings(saga) : [] })
  }
  return lost
}

async function runningOrders({ temporal }: Needs): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  const query = `WorkflowType = '${orderWorkflowType}' AND ExecutionStatus = 'Running'`
  for await (const { workflowId } of temporal.client.workflow.list({ query })) ids.add(workflowId)
  return ids
}

async function* openOrders({ orders }: Needs): AsyncGenerator<OrderRow> {
  for (const status of openStatuses) {
    let after: { readonly placedAt: Date; readonly id: string } | undefined
    do {
      const rows = await listOrders(orders, 'all', { status, after, limit: pageSize })
      yield* rows
      const last = rows.at(-1)
      after = rows.length === pageSize && last ? { placedAt: last.placed_at, id: last.id } : undefined
    } while (after)
  }
}

export type Resumed =
  | { readonly kind: 'resumed'; readonly saga: Saga }
  | { readonly kind: 'unknown' }
  /** It is over, or its workflow is open. */
  | { readonly kind: 'notLost' }
  /** Its last events may not be folded yet: going on now could use a sequence twice. */
  | { readonly kind: 'behind' }

/** Takes up a lost order from what its events tell, once they can be known to be all. */
export async function resumeLost(
  deps: Needs,
  by: Principal,
  id: string,
  what: { readonly undo: boolean; readonly note: string },
): Promise<Resumed> {
  const row = await findOrder(deps.orders, id, 'all')
  if (row === undefined) return { kind: 'unknown' }
  const workflow = await workflowState(deps, id)
  if (isOver(row.status) || workflow.name === 'running' || workflow.name === 'completed') return { kind: 'notLost' }
  if (!(await isSettled(deps, workflow.closedAt ?? row.updated_at))) return { kind: 'behind' }
  const saga = foldSaga(await listEvents(deps.orders, id, 'all'))
  if (saga === undefined || isOver(saga.status)) return { kind: 'notLost' }
  const { order, plan, traceparent } = saga
  const fingerprint = await fingerprintOf(deps, id)
  const request = { ...what, by: { kind: by.role, id: by.id }, at: new Date().toISOString(), asksAgain: true as const }
  const input = {
    order,
    plan,
    fingerprint,
    resume: { saga, request },
    ...(traceparent !== undefined && { traceparent }),
  }
  if (!(await resumeOrder(deps, input))) return { kind: 'notLost' }
  await resendMovements(deps.shipping, id) // what the parcel did meanwhile was told to nobody
  return { kind: 'resumed', saga }
}

async function fingerprintOf({ orders }: Needs, id: string): Promise<string> {
  const [placed] = await listEvents(orders, id, 'all')
  return placed?.data.fingerprint ?? ''
}
