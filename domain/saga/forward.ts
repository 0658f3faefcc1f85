import type { OrderEventData } from './event.ts'
import type { Answer } from './messages.ts'
import type { StepDefinition } from './plan.ts'
import { isGoingForward, isSettledForGood, type StepProgress } from './state.ts'
import { definitionOf, emit, emitConsequence, performAsk, persistentAsk, type Turn } from './turn.ts'
import { undo } from './undo.ts'

export function place(turn: Turn, fingerprint: string): void {
  const { plan } = turn.saga
  emit(turn, 'order.placed', { plan, fingerprint, asks: asksOf(turn, plan.stages[0] ?? []) })
  if (plan.stages.length === 0) emitConsequence(turn, 'order.confirmed', { status: 'confirmed' })
}

/** The completion that closes a stage asks the next one; the last one confirms the order. */
export function performed(turn: Turn, step: StepProgress, answer: Answer): void {
  const definition = definitionOf(turn.saga, step.step)
  const about: Partial<OrderEventData> = {
    ...(answer.payment && { payment: answer.payment }),
    ...(answer.shipment && { shipment: answer.shipment }),
    step: step.step,
    action: 'perform',
    round: answer.round,
    outcome: answer.outcome,
    ...(answer.reason && { reason: answer.reason }),
  }
  if (!isGoingForward(turn.saga)) {
    emit(turn, answer.outcome === 'completed' ? definition.completed : definition.rejected, about)
    return
  }
  if (answer.outcome !== 'completed') {
    const reason = answer.reason ?? { code: 'rejected', message: `${step.step} was rejected` }
    emit(turn, definition.rejected, { ...about, status: 'failing', failure: { step: step.step, ...reason } })
    undo(turn)
    return
  }
  const { stages } = turn.saga.plan
  const others = turn.saga.steps.filter((other) => other.stage === step.stage && other.step !== step.step)
  const closed = others.every((other) => other.state === 'succeeded')
  const next = closed ? stages[step.stage] : undefined
  emit(turn, definition.completed, { ...about, status: 'processing', ...(next && { asks: asksOf(turn, next) }) })
  if (closed && next === undefined) emitConsequence(turn, 'order.confirmed', { status: 'confirmed' })
}

/** The stage's deadline decides for everyone who has not answered by then. */
export function timeOut(turn: Turn, now: number): void {
  const late = turn.saga.steps.filter(
    (step) => step.state === 'waiting' && step.deadlineAt !== undefined && Date.parse(step.deadlineAt) <= now,
  )
  for (const { step } of late) {
    const reason = { code: 'timed_out', message: `${step} did not answer in time` }
    emitConsequence(turn, 'order.step_timed_out', {
      status: 'failing',
      step,
      action: 'perform',
      outcome: 'timedOut',
      reason,
      failure: { step, ...reason },
    })
  }
  if (late.length > 0) undo(turn)
}

/** What the carrier said is applied as soon as the order is ready for it, in the order a parcel moves. */
export function followParcel(turn: Turn): void {
  const { parcel, plan } = turn.saga
  if (parcel === undefined) return
  const carrier = { kind: 'participant', id: 'carrier' } as const
  if (turn.saga.status === 'confirmed') {
    const asks = turn.saga.steps.flatMap(({ step, settlement }) =>
      settlement ? [persistentAsk(turn, { step, action: settlement.action, round: 1, attempt: 1 })] : [],
    )
    const shipment = { ...parcel.shipment, status: 'dispatched' }
    emit(turn, 'order.dispatched', {
      actor: carrier,
      status: 'dispatched',
      shipment,
      ...(plan.stages.length > 0 && asks.length > 0 && { asks }),
    })
  }
  if (turn.saga.status === 'dispatched' && parcel.movement === 'delivered' && turn.saga.steps.every(isSettledForGood)) {
    emit(turn, 'order.delivered', {
      actor: carrier,
      status: 'delivered',
      shipment: { ...parcel.shipment, status: 'delivered' },
    })
  }
}

const asksOf = (turn: Turn, stage: readonly StepDefinition[]) => stage.map((step) => performAsk(turn, step))
