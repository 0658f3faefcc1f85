import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Action } from '../../domain/saga/event.ts'
import type { Answer, DeadLettered, ParcelMoved } from '../../domain/saga/messages.ts'
import { eventDeadLettered, parcelMoved, participantAnswered, returnsWorkflowId } from '../../workflows/messages.ts'
import type { Log } from '../../platform/log.ts'
import { inSpan } from '../../platform/tracing.ts'

/** Tells an order's workflow something. Resolves when Temporal has accepted it or the workflow is over. */
export type Signaller = {
  readonly answered: (orderId: string, answer: Omit<Answer, 'at'>, traceparent?: string) => Promise<void>
  readonly moved: (orderId: string, movement: Omit<ParcelMoved, 'at'>) => Promise<void>
  readonly deadLettered: (orderId: string, notice: Omit<DeadLettered, 'at'>) => Promise<void>
}

/** The time a message carries is that of its sending: an outage before it must not eat the next deadline. */
export function makeSignaller(client: Pick<Client, 'workflow'>, log: Log): Signaller {
  let dropped = 0
  async function send(orderId: string, signal: (now: { at: string }) => Promise<void>): Promise<void> {
    try {
      await signal({ at: new Date().toISOString() })
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error
      dropped += 1
      // over, or lost with Temporal's store: the latter is what the reconciliation lists
      log.info({ orderId, dropped }, 'no open workflow; what it was told changes nothing')
    }
  }
  const handle = (orderId: string, action?: Action) =>
    client.workflow.getHandle(action === 'restock' || action === 'refund' ? returnsWorkflowId(orderId) : orderId)
  return {
    answered: (id, answer, parent) =>
      inSpan(
        `SignalWorkflow:${participantAnswered.name}`,
        { parent, kind: 'client', attributes: about(id, answer) },
        () => send(id, (now) => handle(id, answer.action).signal(participantAnswered, { ...answer, ...now })),
      ),
    moved: (id, movement) => send(id, (now) => handle(id).signal(parcelMoved, { ...movement, ...now })),
    deadLettered: (id, notice) =>
      send(id, (now) => handle(id, notice.action).signal(eventDeadLettered, { ...notice, ...now })),
  }
}

const about = (orderId: string, { step, action, outcome }: Omit<Answer, 'at'>) => ({
  'holdfast.order.id': orderId,
  'holdfast.saga.step': step,
  'holdfast.saga.action': action,
  'holdfast.saga.outcome': outcome,
})
