import type { Actor } from '../order.ts'
import type { Answer } from '../saga/messages.ts'
import { system } from '../saga/turn.ts'
import type { DecideReturn, ReceiveReturn, RefundOrder, RequestReturn, RetryReturn } from './messages.ts'
import { beginSettling, settleOnceMore, settlingAnswered, settlingLate } from './settle.ts'
import {
  findReturn,
  givenByOthers,
  leftOf,
  refundableOf,
  type Return,
  type Returns,
  stepOfReturn,
  worthOf,
} from './state.ts'
import { beginReturnsTurn, returnOf, type ReturnsReaction, tell, tellConsequence } from './turn.ts'
import { isReturnOver } from './view.ts'

export type ReturnRefusal = 'windowOver' | 'moreThanBought' | 'moreThanPaid' | 'keyReused'

type Keyed = Pick<RequestReturn, 'key'>

/** The return that this very request made before. */
export const madeBefore = (state: Returns, { key }: Keyed): Return | undefined =>
  key === undefined ? undefined : state.returns.find((one) => one.key?.id === key.id)

/** Why it can't be; undefined if it can. Asked by the guard and by nobody else: returns are counted here only. */
export function refusalOf(state: Returns, request: RequestReturn | RefundOrder): ReturnRefusal | undefined {
  const before = madeBefore(state, request)
  if (before) return before.key?.fingerprint === request.key?.fingerprint ? undefined : 'keyReused'
  if (Date.parse(request.at) > Date.parse(state.rules.windowEndsAt)) return 'windowOver'
  if ('lines' in request) {
    if (request.lines.some(({ sku, quantity }) => quantity > leftOf(state, sku))) return 'moreThanBought'
    return worthOf(state, request.lines).amountMinor > refundableOf(state) ? 'moreThanPaid' : undefined
  }
  const { amountMinor, currency } = request.amount
  return currency !== state.order.total.currency || amountMinor > refundableOf(state) ? 'moreThanPaid' : undefined
}

/** Asked after `refusalOf`. Up to a sum it is approved by rule; what others than the customer ask for counts together. */
export function requested(state: Returns, request: RequestReturn): ReturnsReaction {
  if (madeBefore(state, request) || refusalOf(state, request)) return { state, events: [] }
  const turn = beginReturnsTurn(state, request.at, request.by)
  const { lines, by, guarded } = request
  const one = newReturn(state, request, { lines, amount: worthOf(state, lines) }, turn.at)
  tell(turn, one, 'return.requested')
  const before = guarded === true && by.id !== state.order.customerId ? givenByOthers(state) : 0
  if (before + one.amount.amountMinor <= state.rules.approvedUpToMinor) {
    tellConsequence(turn, { ...one, status: 'approved' }, 'return.approved', { note: 'approved by rule' })
  }
  return turn
}

/** Money back without goods: nothing to wait for, but above a sum, all of it together, another admin has to agree. */
export function refundRequested(state: Returns, request: RefundOrder): ReturnsReaction {
  if (madeBefore(state, request) || refusalOf(state, request)) return { state, events: [] }
  const turn = beginReturnsTurn(state, request.at, request.by)
  const { amount, guarded } = request
  const one = newReturn(state, request, { lines: [], amount }, turn.at)
  if (guarded === true && givenByOthers(state) + amount.amountMinor > state.rules.approvedUpToMinor) {
    tell(turn, one, 'return.requested')
  } else beginSettling(turn, one, 'return.refund_requested')
  return turn
}

function newReturn(
  { returns }: Returns,
  { reason, key, by, guarded }: RequestReturn | RefundOrder,
  about: Pick<Return, 'lines' | 'amount'>,
  requestedAt: string,
): Return {
  return {
    number: returns.length + 1,
    status: 'requested',
    ...about,
    reason,
    requestedAt,
    ...(key && { key }),
    ...(guarded === true && { askedBy: by.id }),
    settling: [],
  }
}

export const isDecidable = (state: Returns, number: number): boolean =>
  findReturn(state, number)?.status === 'requested'
export const isReceivable = (state: Returns, number: number): boolean =>
  findReturn(state, number)?.status === 'approved'
export const isRetryable = (state: Returns, number: number): boolean =>
  findReturn(state, number)?.settling.some(({ state: how }) => how === 'stuck' || how === 'failed') ?? false

export type DecisionRefusal = 'notNow' | 'secondAdminNeeded'

/** Why this person can't decide so; undefined if they can. Anybody of the staff may decline. */
export function decisionRefusal(state: Returns, { number, approve, by }: DecideReturn): DecisionRefusal | undefined {
  if (!isDecidable(state, number)) return 'notNow'
  return approve && !mayAgree(state, returnOf({ state }, number), by) ? 'secondAdminNeeded' : undefined
}

/** Nobody agrees to what they asked for. A program is no second pair of eyes, and money without goods takes an admin. */
function mayAgree({ order }: Returns, { askedBy, lines }: Return, by: Actor): boolean {
  if (askedBy === undefined) return true
  if (askedBy === by.id) return false
  if (lines.length === 0) return by.kind === 'admin'
  return askedBy === order.customerId || by.kind !== 'program'
}

/** Asked after `decisionRefusal`. Money alone has nothing more to wait for. */
export function decided(state: Returns, decision: DecideReturn): ReturnsReaction {
  if (decisionRefusal(state, decision)) return { state, events: [] }
  const { number, approve, note, by, at } = decision
  const turn = beginReturnsTurn(state, at, by)
  const status = approve ? 'approved' : 'declined'
  tell(turn, { ...returnOf(turn, number), status }, `return.${status}`, { ...(note !== undefined && { note }) })
  const one = returnOf(turn, number)
  if (approve && one.lines.length === 0) beginSettling(turn, one, 'return.refund_requested')
  return turn
}

export function received(state: Returns, { number, note, by, at }: ReceiveReturn): ReturnsReaction {
  if (!isReceivable(state, number)) return { state, events: [] }
  const turn = beginReturnsTurn(state, at, by)
  beginSettling(turn, returnOf(turn, number), 'return.goods_received', note)
  return turn
}

export function returnRetried(state: Returns, { number, note, by, at }: RetryReturn): ReturnsReaction {
  if (!isRetryable(state, number)) return { state, events: [] }
  const turn = beginReturnsTurn(state, at, by)
  for (const { action } of returnOf(turn, number).settling) {
    const one = returnOf(turn, number)
    const settling = one.settling.find((each) => each.action === action)
    if (settling?.state === 'stuck' || settling?.state === 'failed') settleOnceMore(turn, one, settling, note)
  }
  return turn
}

/** The first answer per (step, action, round) wins; one that nobody waits for changes nothing. */
export function returnAnswered(state: Returns, answer: Answer): ReturnsReaction {
  const one = state.returns.find(({ number }) => stepOfReturn(number) === answer.step)
  const settling = one?.settling.find(({ action }) => action === answer.action)
  const open = settling?.state === 'requested' || settling?.state === 'stuck'
  if (one === undefined || settling === undefined || !open || settling.round !== answer.round) {
    return { state, events: [] }
  }
  const participant = answer.action === 'restock' ? 'stock' : 'payment'
  const turn = beginReturnsTurn(state, answer.at, { kind: 'participant', id: participant })
  settlingAnswered(turn, one, settling, answer)
  return turn
}

/** Everything whose time has come by `now` (epoch milliseconds). */
export function returnsDeadlinePassed(state: Returns, now: number): ReturnsReaction {
  const turn = beginReturnsTurn(state, new Date(now).toISOString(), system)
  for (const { number, settling } of state.returns) {
    for (const { action, state: how, deadlineAt } of settling) {
      if (how !== 'requested' || deadlineAt === undefined || Date.parse(deadlineAt) > now) continue
      const one = returnOf(turn, number)
      const due = one.settling.find((each) => each.action === action)
      if (due) settlingLate(turn, one, due)
    }
  }
  return turn
}

/** When `returnsDeadlinePassed` is next wanted, or the window closes; epoch milliseconds. */
export function nextReturnsDeadline({ returns, rules }: Returns, now: number): number | undefined {
  const waiting = returns.flatMap(({ settling }) =>
    settling.flatMap(({ state, deadlineAt }) => (state === 'requested' && deadlineAt ? [Date.parse(deadlineAt)] : [])),
  )
  const windowEnd = Date.parse(rules.windowEndsAt)
  const times = windowEnd > now ? [...waiting, windowEnd] : waiting
  return times.length === 0 ? undefined : Math.min(...times)
}

/** The window is closed and nothing is under way: no return can come any more. */
export const areReturnsOver = ({ returns, rules }: Returns, now: number): boolean =>
  Date.parse(rules.windowEndsAt) <= now && returns.every(isReturnOver)
