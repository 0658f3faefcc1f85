import type { OrderEventData } from './event.ts'
import type { Answer } from './messages.ts'
import type { StepDefinition } from './plan.ts'
import { awaitsAnotherTry, isGoingForward, isSettledForGood, notDispatched, type StepProgress } from './state.ts'
import { definitionOf, emit, emitConsequence, later, performAsk, persistentAsk, type Turn } from './turn.ts'
import { undo } from './undo.ts'

export function place(turn: Turn, fingerprint: string): void {
  const { plan } = turn.saga
  emit(turn, 'order.placed', { plan, fingerprint, asks: asksOf(turn, plan.stages[0] ?? []) })
  if (plan.stages.length === 0) emitConsequence(turn, 'order.confirmed', { status: 'confirmed' })
}

/** Payment methods in all: stock is not held for ever by cards that are declined. */
const mostTries = 5

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
    ...(answer.note !== undefined && { note: answer.note }),
  }
  if (!isGoingForward(turn.saga)) {
    emit(turn, answer.outcome === 'completed' ? definition.completed : definition.rejected, about)
    return
  }
  if (answer.outcome !== 'completed') {
    const reason = answer.reason ?? { code: 'rejected', message: `${step.step} was rejected` }
    if (definition.graceMs !== undefined && step.round < mostTries) {
      const retryUntil = later(turn.at, definition.graceMs)
      const payment = answer.payment && { payment: { ...answer.payment, retryUntil } }
      emit(turn, definition.rejected, { ...about, ...payment, reason, status: 'processing', retryUntil })
      return
    }
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
  const givenUp = turn.saga.steps.filter(
    (step) => awaitsAnotherTry(turn.saga, step) && Date.parse(step.retryUntil) <= now,
  )
  for (const { step, reason = { code: 'rejected', message: `${step} was rejected` } } of givenUp) {
    emitConsequence(turn, 'order.step_timed_out', {
      status: 'failing',
      step,
      action: 'perform',
      outcome: 'rejected',
      reason,
      failure: { step, ...reason },
    })
  }
  if (late.length + givenUp.length > 0) undo(turn)
}

/** The order goes on with another payment method: what was declined is asked again, as a new round. */
export function tryAgainWith(turn: Turn, paymentMethod: string): void {
  const waiting = turn.saga.steps.filter((step) => awaitsAnotherTry(turn.saga, step))
  turn.saga = { ...turn.saga, order: { ...turn.saga.order, paymentMethod } }
  const asks = waiting.map(({ step, round }) => performAsk(turn, definitionOf(turn.saga, step), round + 1))
  emit(turn, 'order.payment_method_changed', { payment: { status: 'pending', retryUntil: null }, asks })
}

/** A confirmed order that nobody dispatches does not hang silently. */
export function missDispatch(turn: Turn, now: number): void {
  const { dispatchBy, attention } = turn.saga
  if (dispatchBy === undefined || Date.parse(dispatchBy) > now || attention.includes(notDispatched)) return
  const reason = { code: 'not_dispatched', message: `It was confirmed, but not dispatched by ${dispatchBy}` }
  emitConsequence(turn, 'order.needs_attention', { reason })
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
    if (turn.saga.attention.includes(notDispatched)) {
      emitConsequence(turn, 'order.attention_resolved', { resolution: 'answered' })
    }
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
