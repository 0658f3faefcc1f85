import { z } from '@hono/zod-openapi'
import { actions, type OrderEvent } from '../../domain/saga/event.ts'
import { headline } from '../../domain/saga/headline.ts'
import { tailor } from '../../domain/saga/plan.ts'
import { openSaga, type Saga } from '../../domain/saga/state.ts'
import { deadLettersOf, foldSaga, sagaView, type SagaView } from '../../domain/saga/view.ts'
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
    headline: z.string().openapi({ description: 'Why the order is where it is, to read aloud' }),
    waitingFor: z.array(waiting).readonly(),
    steps: z.array(step).readonly(),
    consumers: z
      .array(
        z.object({
          group: z.string(),
          members: z.int().openapi({ description: 'Processes that consume now; 0: nobody does' }),
          lag: z.int().openapi({ description: 'Events it has not taken in yet' }),
          standsStill: z
            .object({ since: time, cause: z.string() })
            .optional()
            .openapi({ description: 'It waits for an outage to end; absent while it moves' }),
        }),
      )
      .readonly()
      .optional()
      .openapi({ description: 'For admins: those who are waited for; absent while Kafka does not tell' }),
    deadLetters: z
      .array(z.object({ step: z.string(), action, message: z.string() }))
      .readonly()
      .optional()
      .openapi({ description: 'For admins: asks that lie in a dead-letter topic and keep the order waiting' }),
    resolutions: z
      .array(
        z.object({
          number: z.int(),
          step: z.string(),
          action,
          by: z.string(),
          state: z.enum(['requested', 'approved']),
        }),
      )
      .readonly()
      .optional()
      .openapi({ description: 'For admins: what was done by hand and needs, or had, another admin’s approval' }),
    workflowId: z.string().optional().openapi({ description: 'For admins' }),
    temporalUrl: z.string().optional().openapi({ description: 'For admins: the order in the Temporal Web UI' }),
  })
  .openapi('Saga')

export type SagaDocument = z.infer<typeof sagaSchema>

type Folded = { readonly saga: Saga; readonly events: readonly OrderEvent[] }

/** The saga as its events tell it. @returns undefined where there is no such order for this reader. */
export async function readFolded(
  deps: Pick<Deps, 'orders' | 'temporal' | 'plan'>,
  visible: Visible,
  id: string,
): Promise<Folded | undefined> {
  const events = await listEvents(deps.orders, id, visible)
  const saga = foldSaga(events)
  if (saga) return { saga, events }
  const state = await findOrderState(deps, visible, id)
  // nothing has happened yet: the plan is that of new orders, which this one is
  return state && { saga: openSaga(state.order, tailor(deps.plan, state.order)), events }
}

/** @returns undefined where there is no such order for this reader. */
export async function readSaga(
  deps: Pick<Deps, 'orders' | 'temporal' | 'plan' | 'temporalUiUrl' | 'readGroups'>,
  visible: Visible,
  id: string,
): Promise<SagaDocument | undefined> {
  const folded = await readFolded(deps, visible, id)
  if (folded === undefined) return undefined
  const { saga, events } = folded
  const view = sagaView(saga)
  const told = { ...view, headline: headline(saga) }
  if (visible !== 'all') return told
  const { resolutions } = saga
  const deadLetters = deadLettersOf(saga, events)
  return { ...told, ...links(deps, id), resolutions, deadLetters, ...(await consumersOf(deps, view)) }
}

/** How those are doing for whom the order waits. */
async function consumersOf({ readGroups }: Pick<Deps, 'readGroups'>, { waitingFor }: SagaView) {
  const names = new Set(waitingFor.map(({ participant }) => participant))
  if (names.size === 0) return {}
  const groups = await readGroups()
  const consumers = [...(groups ?? [])].flatMap(([group, health]) => (names.has(group) ? [{ group, ...health }] : []))
  return groups && { consumers }
}

function links({ temporal, temporalUiUrl }: Pick<Deps, 'temporal' | 'temporalUiUrl'>, id: string) {
  const path = `/namespaces/${encodeURIComponent(temporal.namespace)}/workflows/${id}`
  return { workflowId: id, temporalUrl: temporalUiUrl.replace(/\/+$/, '') + path }
}
