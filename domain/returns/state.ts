import { money, type Money } from '../money.ts'
import type { Goods, Order } from '../order.ts'
import type { Action } from '../saga/event.ts'
import type { RetryPolicy } from '../saga/plan.ts'
import type { Progress, SettlementState } from '../saga/state.ts'
import type { ReturnView } from './view.ts'

/** What is to be proven once the goods are back. */
export type Settling = Progress<SettlementState> & { readonly action: Action & ('restock' | 'refund') }

/** What readers are told beyond its own facts follows from how it is settled. */
export type Return = Omit<ReturnView, 'restocked' | 'refunded' | 'needsAttention'> & {
  /** The caller's own key and what it was used for; the same request again is the same return. */
  readonly key?: { readonly id: string; readonly fingerprint: string }
  /** Account id of who asked: where it isn't approved by rule, somebody else has to agree. */
  readonly askedBy?: string
  readonly settling: readonly Settling[]
}

/** Everything about the returns of one order; the only place where they are counted. */
export type Returns = {
  readonly order: Order
  readonly rules: ReturnRules
  readonly returns: readonly Return[]
  readonly sequence: number
  readonly time: string
  readonly traceparent?: string
}

export type ReturnRules = {
  /** RFC 3339: nothing can be sent back after it. */
  readonly windowEndsAt: string
  /** Minor units; a return up to this sum needs no approval. */
  readonly approvedUpToMinor: number
  readonly retry: RetryPolicy
}

export const openReturns = (order: Order, rules: ReturnRules, time: string, traceparent?: string): Returns => ({
  order,
  rules,
  returns: [],
  sequence: 0,
  time,
  ...(traceparent !== undefined && { traceparent }),
})

/** Names the return to stock and payment: their effects are kept by order and step. */
export const stepOfReturn = (number: number): string => `return-${number}`

export const findReturn = ({ returns }: Returns, number: number): Return | undefined =>
  returns.find((one) => one.number === number)

const counting = ({ returns }: Returns): readonly Return[] => returns.filter(({ status }) => status !== 'declined')

/** How many of this product may still be sent back. */
export function leftOf(state: Returns, sku: string): number {
  const count = (lines: readonly Goods[]) =>
    lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0)
  return count(state.order.lines) - counting(state).reduce((sum, { lines }) => sum + count(lines), 0)
}

/** How much may still be paid back, in minor units. */
export const refundableOf = (state: Returns): number =>
  state.order.total.amountMinor - counting(state).reduce((sum, { amount }) => sum + amount.amountMinor, 0)

/** How much is paid back, or would be, on the word of others than the customer; in minor units. */
export const givenByOthers = (state: Returns): number =>
  counting(state)
    .filter(({ lines, askedBy = state.order.customerId }) => lines.length === 0 || askedBy !== state.order.customerId)
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0)

/** What these goods were bought for. */
export function worthOf({ order }: Returns, lines: readonly Goods[]): Money {
  const priceOf = (sku: string) => order.lines.find((line) => line.sku === sku)?.unitPrice.amountMinor ?? 0
  return money(
    lines.reduce((sum, { sku, quantity }) => sum + priceOf(sku) * quantity, 0),
    order.total.currency,
  )
}

export const isSettled = ({ state }: Settling): boolean => state === 'done' || state === 'doneByHand'
export const needsAttention = ({ settling }: Return): boolean =>
  settling.some(({ state }) => state === 'stuck' || state === 'failed')

export function viewOf(one: Return): ReturnView {
  const { number, status, lines, amount, reason, requestedAt, settling } = one
  const proven = (action: Settling['action']) => settling.some((each) => each.action === action && isSettled(each))
  return {
    number,
    status,
    lines,
    amount,
    reason,
    requestedAt,
    restocked: proven('restock'),
    refunded: proven('refund'),
    needsAttention: needsAttention(one),
  }
}
