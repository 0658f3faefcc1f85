import type { Answer } from './messages.ts'
import { awaitsUndo, owesUndo, type StepProgress } from './state.ts'
import { definitionOf, emit, emitConsequence, persistentAsk, type Turn } from './turn.ts'

/**
 * Asks the next stage to undo what it did, last stage first; an earlier stage is asked only after proof from the later
 * one. With nothing left to undo the order is over.
 */
export function undo(turn: Turn): void {
  for (let stage = turn.saga.plan.stages.length; stage > 0; stage -= 1) {
    const steps = turn.saga.steps.filter((step) => step.stage === stage)
    const owed = steps.filter(owesUndo)
    if (owed.length > 0) {
      const asks = owed.map(({ step, round }) => persistentAsk(turn, { step, action: 'compensate', round, attempt: 1 }))
      emitConsequence(turn, 'order.compensation_requested', { asks })
    }
    if (owed.length > 0 || steps.some(awaitsUndo)) return
  }
  const over = turn.saga.status === 'cancelling' ? 'cancelled' : 'rejected'
  emitConsequence(turn, `order.${over}`, { status: over, ...(turn.saga.failure && { failure: turn.saga.failure }) })
}

export function compensated(turn: Turn, step: StepProgress, answer: Answer): void {
  const about = {
    ...(answer.payment && { payment: answer.payment }),
    ...(answer.shipment && { shipment: answer.shipment }),
    step: step.step,
    action: 'compensate',
    round: answer.round,
    ...(answer.reason && { reason: answer.reason }),
  } as const
  if (answer.outcome === 'completed') {
    const { compensated: type } = definitionOf(turn.saga, step.step)
    if (type === undefined) throw new Error(`${step.step} has nothing to undo, but it was asked for`)
    emit(turn, type, { ...about, outcome: 'completed' })
    closeAttention(turn, step.step)
    undo(turn)
    return
  }
  if (canBeWithdrawn(turn, step)) {
    const status = turn.saga.wasConfirmed ? 'confirmed' : 'processing'
    emit(turn, 'order.cancellation_refused', { ...about, outcome: 'undoRefused', status })
    closeAttention(turn, step.step)
    if (!turn.saga.wasConfirmed) emitConsequence(turn, 'order.confirmed', { status: 'confirmed' })
    return
  }
  emit(turn, 'order.needs_attention', { ...about, outcome: 'undoRefused' })
}

/** Only a wish to cancel can be withdrawn, and only while everything it would have undone still stands. */
function canBeWithdrawn({ saga }: Turn, refused: StepProgress): boolean {
  return (
    saga.status === 'cancelling' &&
    saga.steps.every(
      (step) => step.state === 'succeeded' && (step.step === refused.step || step.compensation.state === 'none'),
    )
  )
}

/** No proof by the deadline: asked again, each time with more patience; after the last try a person is needed. */
export function undoAgain(turn: Turn, now: number): void {
  const late = turn.saga.steps.filter(
    ({ compensation: { state, deadlineAt } }) =>
      state === 'requested' && deadlineAt !== undefined && Date.parse(deadlineAt) <= now,
  )
  const again = late.filter(({ compensation }) => compensation.attempts < compensation.budget)
  if (again.length > 0) {
    const asks = again.map(({ step, compensation: { round, attempts, byHand } }) =>
      persistentAsk(turn, { step, action: 'compensate', round, attempt: attempts + 1, byHand }),
    )
    emitConsequence(turn, 'order.compensation_requested', { asks })
  }
  for (const { step } of late.filter((one) => !again.includes(one))) {
    const reason = { code: 'undo_unanswered', message: `${step} gave no proof that it was undone` }
    emitConsequence(turn, 'order.needs_attention', { step, action: 'compensate', outcome: 'stuck', reason })
  }
}

/** An answer settles what a person was called for; that a step was performed proves nothing of its undo. */
export function closeAttention(turn: Turn, step: string, action?: 'perform'): void {
  if (!turn.saga.attention.some((key) => key.startsWith(`${step}/${action ?? ''}`))) return
  const found = turn.saga.steps.find((one) => one.step === step)
  const byHand = action === undefined && (found?.compensation.byHand === true || found?.settlement?.byHand === true)
  const resolution = byHand ? 'doneByHand' : 'answered'
  emitConsequence(turn, 'order.attention_resolved', { step, ...(action && { action }), resolution })
}
