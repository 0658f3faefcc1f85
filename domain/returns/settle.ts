import type { Answer } from '../saga/messages.ts'
import { isSettled, type Return, type Settling, stepOfReturn } from './state.ts'
import { ask, type ReturnsTurn, tell, tellConsequence, withSettling } from './turn.ts'

/** Goods are back, or money alone is paid back: restock and refund side by side, each until it is proven. */
export function beginSettling(
  turn: ReturnsTurn,
  one: Return,
  type: 'return.goods_received' | 'return.refund_requested',
  note?: string,
): void {
  const { retry } = turn.state.rules
  const fresh = { state: 'requested', round: 1, attempts: 1, budget: retry.attempts, requestedAt: turn.at } as const
  const begun = [
    ...(one.lines.length > 0 ? [{ action: 'restock', ...fresh } as const] : []),
    ...(one.amount.amountMinor > 0 ? [{ action: 'refund', ...fresh } as const] : []),
  ]
  const asks = begun.map((each) => ask(turn, one, each))
  const settling = begun.map((each, at) => ({ ...each, deadlineAt: asks[at]?.deadlineAt ?? turn.at }))
  tell(turn, { ...one, status: 'received', settling }, type, { ...(note !== undefined && { note }), asks })
}

export function settlingAnswered(turn: ReturnsTurn, one: Return, settling: Settling, answer: Answer): void {
  const { action, attempts, budget, round } = settling
  const about = {
    step: stepOfReturn(one.number),
    action,
    round,
    ...(answer.payment && { payment: answer.payment }),
    ...(answer.reason && { reason: answer.reason }),
  } as const
  const told = { answeredAt: turn.at, ...(answer.reason && { reason: answer.reason }) }
  if (answer.outcome === 'completed') {
    const done = withSettling(one, { ...settling, ...told, state: 'done' })
    tell(turn, done, action === 'restock' ? 'return.restocked' : 'return.refunded', { ...about, outcome: 'completed' })
    if (done.settling.every(isSettled)) {
      tellConsequence(turn, { ...done, status: 'completed' }, 'return.completed')
    }
    return
  }
  const failed = action === 'restock' ? 'return.restock_failed' : 'return.refund_failed'
  if (attempts < budget) {
    const again = { ...settling, round: round + 1, attempts: attempts + 1, state: 'requested' } as const
    const next = ask(turn, one, again, turn.state.rules.retry.firstMs * 2 ** Math.min(attempts - 1, 10))
    const asked = withSettling(one, { ...again, deadlineAt: next.deadlineAt })
    tell(turn, asked, failed, { ...about, outcome: 'rejected', asks: [next] })
    return
  }
  const refused = withSettling(one, { ...settling, ...told, state: 'failed' })
  tell(turn, refused, failed, { ...about, outcome: 'rejected' })
  tellConsequence(turn, refused, 'return.needs_attention', { ...about, outcome: 'rejected' })
}

/** No answer by the deadline: the same ask again, since the first may still have taken effect. */
export function settlingLate(turn: ReturnsTurn, one: Return, settling: Settling): void {
  const { action, round, attempts, budget } = settling
  const step = stepOfReturn(one.number)
  const reason = { code: 'timed_out', message: `The ${action} was not answered in time` }
  if (attempts < budget) {
    const again = { ...settling, attempts: attempts + 1 }
    const next = ask(turn, one, again)
    const asked = withSettling(one, { ...again, deadlineAt: next.deadlineAt })
    tellConsequence(turn, asked, 'return.step_timed_out', {
      step,
      action,
      round,
      outcome: 'timedOut',
      reason,
      asks: [next],
    })
    return
  }
  const stuck = withSettling(one, { ...settling, state: 'stuck', reason })
  tellConsequence(turn, stuck, 'return.needs_attention', { step, action, round, outcome: 'stuck', reason })
}

/** An operator's word: what was refused is a new round, what was never answered the same ask. */
export function settleOnceMore(turn: ReturnsTurn, one: Return, settling: Settling, note: string): void {
  const { round, attempts, state } = settling
  const { retry } = turn.state.rules
  const renewed = {
    ...settling,
    round: state === 'failed' ? round + 1 : round,
    attempts: attempts + 1,
    budget: attempts + retry.attempts,
    state: 'requested',
  } as const
  const next = ask(turn, one, renewed)
  const asked = withSettling(one, { ...renewed, deadlineAt: next.deadlineAt })
  const about = { step: stepOfReturn(one.number), action: settling.action, round: renewed.round } as const
  tell(turn, asked, 'return.attention_resolved', { ...about, resolution: 'retry', note, asks: [next] })
}
