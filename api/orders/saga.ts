import { z } from '@hono/zod-openapi'
import { actions } from '../../domain/saga/event.ts'
import { openSaga } from '../../domain/saga/state.ts'
import { foldSaga, sagaView } from '../../domain/saga/view.ts'
import { listEvents, type Visible } from '../../workers/projection/queries.ts'
import type { Deps } from '../deps.ts'
import { time } from '../fields.ts'
import { statusSchema } from './document.ts'
import { findOrderState } from './find.ts'

const action = z.enum(actions)
const reason = z.object({ code: z.string(), message: z.string() }).nullable()
const moments = { requestedAt: time.nullable(), answeredAt: time.nullable(), deadlineAt: time.nullable() }
const progress = z.object({ state: z.string(), ...moments, attempts: z.int(), reason })

const step = z.object({
  step: z.string(),
  participant: z.string(),
  stage: z.int(),
  state: z.enum(['notStarted', 'waiting', 'succeeded', 'rejected', 'timedOut']),
  ...moments,
  reason,
  compensation: progress,
  settlement: progress.extend({ action }).nullable(),
})

const waiting = z.object({
  step: z.string(),
  participant: z.string(),
  action,
  attempt: z.int(),
  since: time.nullable(),
  until: time.nullable(),
})

export const sagaSchema = z
  .object({
    status: statusSchema,
    needsAttention: z.boolean(),
    waitingFor: z.array(waiting).readonly(),
    steps: z.array(step).readonly(),
    workflowId: z.string().optional().openapi({ description: 'For admins' }),
    temporalUrl: z.string().optional().openapi({ description: 'For admins: the order in the Temporal Web UI' }),
  })
  .openapi('Saga')

export type SagaDocument = z.infer<typeof sagaSchema>

/** @returns undefined where there is no such order for this reader. */
export async function readSaga(
  deps: Pick<Deps, 'orders' | 'temporal' | 'plan' | 'temporalUiUrl'>,
  visible: Visible,
  id: string,
): Promise<SagaDocument | undefined> {
  const saga = foldSaga(await listEvents(deps.orders, id, visible))
  if (saga) return { ...sagaView(saga), ...links(deps, visible, id) }
  const state = await findOrderState(deps, visible, id)
  // nothing has happened yet: the plan is that of new orders, which this one is
  return state && { ...sagaView(openSaga(state.order, deps.plan)), ...links(deps, visible, id) }
}

function links({ temporal, temporalUiUrl }: Pick<Deps, 'temporal' | 'temporalUiUrl'>, visible: Visible, id: string) {
  if (visible !== 'all') return {}
  const path = `/namespaces/${encodeURIComponent(temporal.namespace)}/workflows/${id}`
  return { workflowId: id, temporalUrl: temporalUiUrl.replace(/\/+$/, '') + path }
}
