import { sku } from '../ids.ts'
import { money } from '../money.ts'
import type { Actor, Goods, Order } from '../order.ts'
import type { OrderEvent } from '../saga/event.ts'
import type { Answer } from '../saga/messages.ts'
import { anOrder, customer, operator, retryPolicy } from '../saga/testing.ts'
import type { RefundOrder, RequestReturn } from './messages.ts'
import * as react from './react.ts'
import { openReturns, type Returns, type Settling, stepOfReturn } from './state.ts'
import type { ReturnsReaction } from './turn.ts'

/** Two teapots at 19.95 and three cups at 5.00. */
export const bought: Order = {
  ...anOrder,
  lines: [
    ...anOrder.lines,
    { sku: sku('CUP'), name: 'Cup', quantity: 3, unitPrice: money(500, 'EUR'), lineTotal: money(1500, 'EUR') },
  ],
  total: money(5490, 'EUR'),
}

const delivered = Date.parse('2030-01-02T10:00:00.000Z')
export const windowMs = 30 * 24 * 3600_000

/** Feeds the returns of one order with messages a millisecond apart, and keeps their events. */
export function driveReturns(approvedUpToMinor = 0, order: Order = bought) {
  const rules = {
    windowEndsAt: new Date(delivered + windowMs).toISOString(),
    approvedUpToMinor,
    retry: retryPolicy,
  }
  let state = openReturns(order, rules, new Date(delivered).toISOString())
  let clock = delivered
  const all: OrderEvent[] = []
  const now = (): string => new Date((clock += 1)).toISOString()
  const take = (reaction: ReturnsReaction): readonly OrderEvent[] => {
    state = reaction.state
    all.push(...reaction.events)
    return reaction.events
  }
  const roundOf = (number: number, action: Settling['action']): number =>
    state.returns.find((one) => one.number === number)?.settling.find((each) => each.action === action)?.round ?? 1
  const answer = (
    number: number,
    action: Settling['action'],
    outcome: Answer['outcome'],
    more: Partial<Answer> = {},
  ) => {
    const round = roundOf(number, action)
    return take(react.returnAnswered(state, { step: stepOfReturn(number), action, round, outcome, at: now(), ...more }))
  }
  const request = (lines: readonly Goods[], more: Partial<RequestReturn> = {}): RequestReturn => ({
    lines,
    reason: 'It leaks',
    by: customer,
    at: now(),
    ...more,
  })

  return {
    events: all as readonly OrderEvent[],
    state: (): Returns => state,
    refusal: (lines: readonly Goods[], more?: Partial<RequestReturn>) => react.refusalOf(state, request(lines, more)),
    requests: (lines: readonly Goods[], more?: Partial<RequestReturn>) =>
      take(react.requested(state, request(lines, more))),
    refunds: (amountMinor: number, currency = 'EUR', more: Partial<RefundOrder> = {}) =>
      take(
        react.refundRequested(state, {
          amount: money(amountMinor, currency),
          reason: 'Sorry',
          by: operator,
          at: now(),
          ...more,
        }),
      ),
    decides: (number: number, approve: boolean, by: Actor = operator) =>
      take(react.decided(state, { number, approve, by, at: now() })),
    receives: (number: number) => take(react.received(state, { number, by: operator, at: now() })),
    retries: (number: number) =>
      take(react.returnRetried(state, { number, note: 'asked them', by: operator, at: now() })),
    answer,
    settles: (number: number) => [...answer(number, 'restock', 'completed'), ...answer(number, 'refund', 'completed')],
    /** Sleeps until the next deadline and says that it has passed. */
    waits: () => {
      const until = react.nextReturnsDeadline(state, clock)
      if (until === undefined) throw new Error('nothing is waited for')
      clock = until
      return take(react.returnsDeadlinePassed(state, until))
    },
    isOver: () => react.areReturnsOver(state, clock),
  }
}

export type ReturnsDriver = ReturnType<typeof driveReturns>
