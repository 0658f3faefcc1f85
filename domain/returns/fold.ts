import type { OrderEvent } from '../saga/event.ts'
import type { Return, Returns, Settling } from './state.ts'

/**
 * An order's returns as their events tell them, for whoever goes on where a workflow was lost. Callers' keys are in no
 * event, so a request from before that comes again counts as another one.
 * @param opened before the first of them
 */
export const foldReturns = (opened: Returns, events: readonly OrderEvent[]): Returns => events.reduce(evolve, opened)

function evolve(state: Returns, event: OrderEvent): Returns {
  const { sequence, time, data } = event
  if (data.return === undefined) return state
  const { number, status, lines, amount, reason, requestedAt } = data.return
  const before = state.returns.find((one) => one.number === number)
  const changed: Return = {
    number,
    status,
    lines,
    amount,
    reason,
    requestedAt,
    askedBy: before?.askedBy ?? data.actor.id, // of its first event
    settling: settlingAfter(before?.settling ?? [], event, state.rules.retry.attempts),
  }
  const others = state.returns.filter((one) => one.number !== number)
  return { ...state, returns: [...others, changed], sequence, time }
}

function settlingAfter(
  before: readonly Settling[],
  { type, time, data }: OrderEvent,
  tries: number,
): readonly Settling[] {
  const asked = (data.asks ?? []).flatMap(({ action, round, attempt, deadlineAt }): Settling[] => {
    if (action !== 'restock' && action !== 'refund') return []
    const known = before.find((one) => one.action === action)
    const budget = type === 'return.attention_resolved' ? attempt - 1 + tries : (known?.budget ?? tries)
    const requestedAt = known?.requestedAt ?? time
    return [{ action, state: 'requested', round, attempts: attempt, budget, requestedAt, deadlineAt }]
  })
  const kept = before
    .filter(({ action }) => !asked.some((one) => one.action === action))
    .map((one) => (one.action === data.action ? { ...one, state: stateAfter(one.state, data.outcome) } : one))
  return [...kept, ...asked]
}

function stateAfter(before: Settling['state'], outcome: OrderEvent['data']['outcome']): Settling['state'] {
  if (outcome === 'completed') return 'done'
  if (outcome === 'rejected') return 'failed'
  return outcome === 'stuck' ? 'stuck' : before
}
