import type { Answer } from './messages.ts'
import type { StepProgress } from './state.ts'
import { backOff, definitionOf, emit, emitConsequence, persistentAsk, type Turn } from './turn.ts'
import { closeAttention } from './undo.ts'

/** A commit or capture was answered. A refusal is asked again as a new round: the old ask has its answer for ever. */
export function settlementAnswered(turn: Turn, step: StepProgress, answer: Answer): void {
  const definition = definitionOf(turn.saga, step.step).settlement
  const { settlement } = step
  if (definition === undefined || settlement === undefined) return
  const about = {
    ...(answer.payment && { payment: answer.payment }),
    ...(answer.shipment && { shipment: answer.shipment }),
    step: step.step,
    action: definition.action,
    round: answer.round,
    ...(answer.reason && { reason: answer.reason }),
  } as const
  if (answer.outcome === 'completed') {
    emit(turn, definition.completed, { ...about, outcome: 'completed' })
    closeAttention(turn, step.step)
    return
  }
  const { attempts, budget, round } = settlement
  const left = attempts < budget
  const next = { step: step.step, action: definition.action, round: round + 1, attempt: attempts + 1 }
  const asks = left && { asks: [persistentAsk(turn, next, backOff(turn.saga, attempts))] }
  if (definition.rejected) emit(turn, definition.rejected, { ...about, outcome: 'rejected', ...asks })
  if (!left || !definition.rejected) {
    emitConsequence(turn, 'order.needs_attention', { ...about, outcome: 'rejected' })
  }
}

/** No answer by the deadline: the same ask again, since the first may still have taken effect. */
export function settleAgain(turn: Turn, now: number): void {
  for (const { step, settlement } of turn.saga.steps) {
    if (settlement?.state !== 'requested' || settlement.deadlineAt === undefined) continue
    if (Date.parse(settlement.deadlineAt) > now) continue
    const { action, round, attempts, budget, byHand } = settlement
    const reason = { code: 'timed_out', message: `${step} did not answer the ${action} in time` }
    if (attempts < budget) {
      const asks = [persistentAsk(turn, { step, action, round, attempt: attempts + 1, byHand })]
      emitConsequence(turn, 'order.step_timed_out', { step, action, round, outcome: 'timedOut', reason, asks })
    } else {
      emitConsequence(turn, 'order.needs_attention', { step, action, round, outcome: 'stuck', reason })
    }
  }
}
