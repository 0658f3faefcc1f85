import { describe, expect, it } from 'vitest'
import { foldReturns } from './fold.ts'
import { isRetryable, returnsDeadlinePassed } from './react.ts'
import { openReturns, type Returns } from './state.ts'
import { driveReturns, type ReturnsDriver } from './testing.ts'

const teapot = [{ sku: 'TEAPOT', quantity: 1 }]

const folded = (order: ReturnsDriver): Returns => {
  const { order: bought, rules } = order.state()
  return foldReturns(openReturns(bought, rules, rules.windowEndsAt), order.events)
}

/** What decides on everything that may come. */
const essence = ({ sequence, time, returns }: Returns) => ({
  sequence,
  time,
  returns: returns
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, status, lines, amount, requestedAt, settling }) => {
      const each = settling.map(({ action, state, round, attempts, budget, ...rest }) => [
        action,
        state,
        round,
        attempts,
        budget,
        state === 'requested' ? rest.deadlineAt : undefined,
      ])
      return {
        number,
        status,
        lines,
        amount,
        requestedAt,
        settling: each.toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      }
    }),
})

const acts: readonly ((order: ReturnsDriver) => unknown)[] = [
  (order) => order.requests(teapot),
  (order) => order.decides(1, true),
  (order) => order.receives(1),
  (order) => order.answer(1, 'refund', 'rejected'),
  (order) => order.refunds(300),
  (order) => order.answer(1, 'restock', 'completed'),
  (order) => order.waits(),
  (order) => order.waits(),
  (order) => order.waits(),
  (order) => order.answer(1, 'refund', 'rejected'),
  (order) => order.retries(1),
  (order) => order.retries(2),
  (order) => order.answer(2, 'refund', 'completed'),
  (order) => order.answer(1, 'refund', 'completed'),
  (order) => order.requests([{ sku: 'CUP', quantity: 2 }]),
  (order) => order.decides(3, false),
]

describe('the returns of an order', () => {
  it('are after each event what the workflow had', () => {
    const order = driveReturns()
    for (const act of acts) {
      act(order)
      expect(essence(folded(order))).toEqual(essence(order.state()))
    }
    expect(order.state().returns.map(({ status }) => status)).toEqual(['completed', 'completed', 'declined'])
  })

  it('go on: what was asked and is late is asked again, as the same ask', () => {
    const order = driveReturns(5490)
    order.requests(teapot)
    order.receives(1)
    const { events } = returnsDeadlinePassed(folded(order), Date.parse('2031-01-01T00:00:00.000Z'))
    expect(events.flatMap(({ data }) => data.asks ?? [])).toMatchObject([
      { action: 'restock', round: 1, attempt: 2 },
      { action: 'refund', round: 1, attempt: 2 },
    ])
    expect(events.map(({ sequence }) => sequence)).toEqual([4, 5])
  })

  it('keep who asked for them, who can’t be the one who agrees', () => {
    const order = driveReturns()
    order.refunds(300, 'EUR', { guarded: true })
    expect(folded(order).returns[0]?.askedBy).toBe(order.state().returns[0]?.askedBy)
    expect(isRetryable(folded(order), 1)).toBe(false)
  })
})
