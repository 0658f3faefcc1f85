import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSettled } from './state.ts'
import { bought, driveReturns, type ReturnsDriver } from './testing.ts'

type Move = (order: ReturnsDriver) => unknown

const goods = fc.array(
  fc.record({ sku: fc.constantFrom('TEAPOT', 'CUP', 'KETTLE'), quantity: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 2 },
)
const number = fc.integer({ min: 1, max: 4 })
const outcome = fc.constantFrom('completed', 'rejected' as const)

const move: fc.Arbitrary<Move> = fc.oneof(
  goods.map(
    (lines): Move =>
      (order) =>
        order.requests(uniqueLines(lines)),
  ),
  fc.integer({ min: 1, max: 6000 }).map(
    (sum): Move =>
      (order) =>
        order.refunds(sum),
  ),
  fc.tuple(number, fc.boolean()).map(
    ([n, yes]): Move =>
      (order) =>
        order.decides(n, yes),
  ),
  number.map(
    (n): Move =>
      (order) =>
        order.receives(n),
  ),
  fc.tuple(number, outcome).map(
    ([n, how]): Move =>
      (order) =>
        order.answer(n, 'refund', how),
  ),
  fc.tuple(number, outcome).map(
    ([n, how]): Move =>
      (order) =>
        order.answer(n, 'restock', how),
  ),
  number.map(
    (n): Move =>
      (order) =>
        order.retries(n),
  ),
)

const uniqueLines = (lines: readonly { sku: string; quantity: number }[]) =>
  lines.filter(({ sku }, at) => lines.findIndex((line) => line.sku === sku) === at)

it('several returns never exceed what was bought and paid, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), fc.integer({ min: 0, max: 5490 }), (moves, approvedUpTo) => {
      const order = driveReturns(approvedUpTo)
      for (const act of moves) act(order)
      const standing = order.state().returns.filter(({ status }) => status !== 'declined')
      const sent = (sku: string) =>
        standing.flatMap(({ lines }) => lines).reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0)
      expect([sent('TEAPOT') <= 2, sent('CUP') <= 3, sent('KETTLE')]).toEqual([true, true, 0])
      expect(standing.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBeLessThanOrEqual(5490)

      expect(order.events.map(({ sequence }) => sequence)).toEqual(order.events.map((_, at) => at + 1))
      for (const { status, settling } of order.state().returns) {
        if (status === 'completed') expect(settling.every(isSettled)).toBe(true)
        if (status !== 'received' && status !== 'completed') expect(settling).toEqual([])
      }
      for (const { data } of order.events) {
        if (data.asks) expect(data.order).toEqual(bought)
      }
    }),
    { numRuns: 500 },
  )
})
