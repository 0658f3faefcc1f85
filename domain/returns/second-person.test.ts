import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../order.ts'
import { customer, operator, types } from '../saga/testing.ts'
import { driveReturns, type ReturnsDriver } from './testing.ts'

const guarded = { guarded: true } as const
const admin: Actor = { kind: 'admin', id: 'grace' }
const support: Actor = { kind: 'support', id: 'sam' }
const other: Actor = { kind: 'support', id: 'sue' }
const program: Actor = { kind: 'program', id: 'robot' }
const teapot = (quantity = 1) => [{ sku: 'TEAPOT', quantity }]

describe('several refunds without goods', () => {
  const refund = (order: ReturnsDriver, sum: number) => types(order.refunds(sum, 'EUR', guarded))

  it('count together: a large sum in small parts waits for another admin as well', () => {
    const order = driveReturns(1000)
    expect(refund(order, 600)).toEqual(['return.refund_requested'])
    expect(refund(order, 400)).toEqual(['return.refund_requested'])
    expect(refund(order, 1)).toEqual(['return.requested'])
    expect(types(order.decides(3, true))).toEqual([])
    expect(types(order.decides(3, true, admin))).toEqual(['return.approved', 'return.refund_requested'])
  })

  it('count without those that were declined, and with those from before there was this rule', () => {
    const order = driveReturns(1000)
    expect(refund(order, 1001)).toEqual(['return.requested'])
    order.decides(1, false)
    expect(refund(order, 600)).toEqual(['return.refund_requested'])
    expect(types(order.refunds(400))).toEqual(['return.refund_requested'])
    expect(refund(order, 1)).toEqual(['return.requested'])
  })

  it('count apart from what the customer sends back', () => {
    const order = driveReturns(2000)
    order.requests(teapot(), { ...guarded, by: customer })
    expect(refund(order, 2000)).toEqual(['return.refund_requested'])
  })
})

describe('goods that others than the customer ask to be sent back', () => {
  const asked = (by: Actor) => {
    const order = driveReturns(1000)
    expect(types(order.requests(teapot(), { ...guarded, by }))).toEqual(['return.requested'])
    return order
  }

  it('are not approved by who asked, nor by a program, but by anybody else of the staff; the goods come first', () => {
    const order = asked(support)
    for (const by of [support, program]) expect(order.decides(1, true, by)).toEqual([])
    expect(types(order.decides(1, true, other))).toEqual(['return.approved'])
    expect(types(order.receives(1))).toEqual(['return.goods_received'])
  })

  it('may be declined by who asked', () => {
    expect(types(asked(support).decides(1, false, support))).toEqual(['return.declined'])
  })

  it('count together, and with refunds', () => {
    const order = driveReturns(2000)
    const send = () => types(order.requests(teapot(), { ...guarded, by: support }))
    expect(send()).toEqual(['return.requested', 'return.approved'])
    expect(send()).toEqual(['return.requested'])
    order.decides(2, false, support)
    expect(types(order.refunds(6, 'EUR', guarded))).toEqual(['return.requested'])
  })

  it('may be approved by who asked where that was before there was this rule', () => {
    const order = driveReturns()
    order.requests(teapot(), { by: support })
    expect(types(order.decides(1, true, support))).toEqual(['return.approved'])
  })
})

describe('goods that the customer asks to send back', () => {
  it('are approved by anybody of the staff and by programs', () => {
    for (const by of [support, admin, program]) {
      const order = driveReturns()
      order.requests(teapot(), { ...guarded, by: customer })
      expect(types(order.decides(1, true, by))).toEqual(['return.approved'])
    }
  })

  it('are not approved by the same person in another role', () => {
    const order = driveReturns()
    order.requests(teapot(), { ...guarded, by: customer })
    expect(order.decides(1, true, { ...customer, kind: 'admin' })).toEqual([])
  })
})

type Move = (order: ReturnsDriver) => unknown
const number = fc.integer({ min: 1, max: 6 })
const alone: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom('TEAPOT', 'CUP').map((sku): Move => {
    return (order) => order.requests([{ sku, quantity: 1 }], { ...guarded, by: operator })
  }),
  fc.integer({ min: 1, max: 3000 }).map(
    (sum): Move =>
      (order) =>
        order.refunds(sum, 'EUR', guarded),
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
  number.map(
    (n): Move =>
      (order) =>
        order.answer(n, 'refund', 'completed'),
  ),
)

it('one person alone never pays back more than the sum that is approved by rule, in whatever parts and order', () => {
  fc.assert(
    fc.property(fc.array(alone, { maxLength: 40 }), fc.integer({ min: 0, max: 5490 }), (moves, approvedUpTo) => {
      const order = driveReturns(approvedUpTo)
      for (const act of moves) act(order)
      const passed = order.state().returns.filter(({ status }) => status !== 'declined' && status !== 'requested')
      expect(passed.reduce((sum, { amount }) => sum + amount.amountMinor, 0)).toBeLessThanOrEqual(approvedUpTo)
    }),
    { numRuns: 300 },
  )
})
