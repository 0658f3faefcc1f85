import { isOver } from '../order.ts'
import type { Ask, OrderEvent, OrderEventData, Reason } from './event.ts'
import type { CompensationState, Saga, SettlementState, StepProgress, StepState } from './state.ts'

/** Folds one event into the saga. Total: an event of an unknown type changes only what its data says. */
export function evolve(saga: Saga, event: OrderEvent): Saga {
  const { data, time } = event
  const steps = saga.steps.map((step) => {
    const mine = data.step === step.step ? afterOutcome(step, data, time) : step
    return (data.asks ?? [])
      .filter((ask) => ask.step === step.step)
      .reduce((next, ask) => afterAsk(next, ask, time), mine)
  })
  return {
    ...saga,
    status: data.status,
    steps: steps.map((step) => afterAct(saga, step, event)),
    resolutions: resolutionsAfter(saga, event),
    attention: attentionAfter(saga, event),
    wasConfirmed: saga.wasConfirmed || event.type === 'order.confirmed',
    ...(data.order !== undefined && { order: data.order }),
    ...(event.type === 'order.confirmed' && dispatchBy(saga, time)),
    ...(saga.failure === undefined && data.failure !== undefined && { failure: data.failure }),
    sequence: event.sequence,
    time,
  }
}

function dispatchBy({ plan }: Saga, time: string): Pick<Saga, 'dispatchBy'> {
  if (plan.dispatchMs === undefined) return {}
  return { dispatchBy: new Date(Date.parse(time) + plan.dispatchMs).toISOString() }
}

const performed: Readonly<Record<string, StepState>> = {
  completed: 'succeeded',
  rejected: 'rejected',
  timedOut: 'timedOut',
}
const undone: Readonly<Record<string, CompensationState>> = {
  completed: 'done',
  undoRefused: 'refused',
  stuck: 'stuck',
}
const settled: Readonly<Record<string, SettlementState>> = { completed: 'done', rejected: 'failed', stuck: 'stuck' }

function afterOutcome(step: StepProgress, data: OrderEventData, time: string): StepProgress {
  const { action, outcome } = data
  if (action === undefined || outcome === undefined) return step
  const told = {
    ...(outcome === 'timedOut' || outcome === 'stuck' ? {} : { answeredAt: time }),
    ...(data.reason && { reason: data.reason }),
  }
  if (action === 'perform') {
    // A late answer is told, but a step that timed out stays timed out.
    const state = step.state === 'timedOut' ? 'timedOut' : (performed[outcome] ?? step.state)
    return { ...step, ...told, state, ...(data.retryUntil !== undefined && { retryUntil: data.retryUntil }) }
  }
  if (action === 'compensate') {
    const { compensation } = step
    const state = outcome === 'completed' && compensation.byHand ? 'doneByHand' : undone[outcome]
    return { ...step, compensation: { ...compensation, ...told, state: state ?? compensation.state } }
  }
  const { settlement } = step
  if (settlement === undefined) return step
  const state = outcome === 'completed' && settlement.byHand ? 'doneByHand' : settled[outcome]
  return { ...step, settlement: { ...settlement, ...told, state: state ?? settlement.state } }
}

function afterAsk(step: StepProgress, ask: Ask, time: string): StepProgress {
  const { settlement } = step
  if (ask.action === 'perform') {
    const { retryUntil: _over, ...again } = step
    return { ...asked(again, ask, time), state: 'waiting' }
  }
  if (ask.action === 'compensate') {
    return { ...step, compensation: { ...asked(step.compensation, ask, time), state: 'requested' } }
  }
  return settlement ? { ...step, settlement: { ...asked(settlement, ask, time), state: 'requested' } } : step
}

type Asked = {
  readonly round: number
  readonly attempts: number
  readonly requestedAt?: string
  readonly answeredAt?: string
  readonly reason?: Reason
  readonly byHand?: boolean
}

/** A new round has no answer yet; the first request stays the one that people count from. */
function asked<P extends Asked>(progress: P, ask: Ask, time: string): P & { readonly deadlineAt: string } {
  const { answeredAt: _answered, reason: _reason, byHand: _byHand, ...unanswered } = progress
  const before = ask.round > progress.round ? (unanswered as P) : progress
  return {
    ...before,
    round: ask.round,
    attempts: ask.attempt,
    deadlineAt: ask.deadlineAt,
    requestedAt: progress.requestedAt ?? time,
    ...(ask.byHand === true && { byHand: true }),
  }
}

/** What an operator's act changes about the step it names. */
function afterAct(saga: Saga, step: StepProgress, { type, data }: OrderEvent): StepProgress {
  if (data.step !== step.step) return step
  if (type === 'order.deadline_changed' && data.deadlineAt !== undefined) return withDeadline(step, data)
  const renews =
    data.asks !== undefined && (type === 'order.attention_resolved' || type.startsWith('order.resolution_'))
  if (!renews) return step
  const renewed = <P extends { readonly attempts: number }>(progress: P) => ({
    ...progress,
    budget: progress.attempts - 1 + saga.plan.retry.attempts,
  })
  if (data.action === 'compensate') return { ...step, compensation: renewed(step.compensation) }
  return step.settlement ? { ...step, settlement: renewed(step.settlement) } : step
}

function withDeadline(step: StepProgress, { action, deadlineAt = '' }: OrderEventData): StepProgress {
  if (action === 'compensate') return { ...step, compensation: { ...step.compensation, deadlineAt } }
  if (action !== 'perform' && step.settlement) return { ...step, settlement: { ...step.settlement, deadlineAt } }
  return step.retryUntil === undefined ? { ...step, deadlineAt } : { ...step, retryUntil: deadlineAt }
}

function resolutionsAfter({ resolutions }: Saga, { type, data }: OrderEvent): Saga['resolutions'] {
  const { resolutionNumber: number, step, action, actor } = data
  if (number === undefined || step === undefined || action === undefined) return resolutions
  if (type === 'order.resolution_requested') {
    return [...resolutions, { number, step, action, by: actor.id, state: 'requested' }]
  }
  return resolutions.map((one) => (one.number === number ? { ...one, state: 'approved' } : one))
}

function attentionAfter(saga: Saga, { type, data }: OrderEvent): readonly string[] {
  if (isOver(data.status)) return []
  if (type === 'order.needs_attention') {
    const key = `${data.step ?? 'order'}/${data.action ?? 'any'}`
    return saga.attention.includes(key) ? saga.attention : [...saga.attention, key]
  }
  if (type === 'order.attention_resolved') {
    const settled = `${data.step ?? 'order'}/${data.action === 'perform' ? 'perform' : ''}`
    return saga.attention.filter((key) => !key.startsWith(settled))
  }
  return saga.attention
}
