import { describe, expect, it } from 'vitest'
import { asks, types } from '../saga/testing.ts'
import { bought, driveReturns, windowMs } from './testing.ts'

const teapot = (quantity = 1) => [{ sku: 'TEAPOT', quantity }]

describe('a return', () => {
  it('waits for an admin, then for the goods, then for the proof of both, and is complete', () => {
    const order = driveReturns()
    expect(types(order.requests(teapot()))).toEqual(['return.requested'])
    expect(types(order.decides(1, true))).toEqual(['return.approved'])
    const received = order.receives(1)
    expect(types(received)).toEqual(['return.goods_received'])
    expect(asks(received)).toEqual(['restock return-1 1.1', 'refund return-1 1.1'])
    expect(received[0]?.data.asks).toMatchObject([
      { participant: 'stock', lines: teapot() },
      { participant: 'payment', amount: { amountMinor: 1995, currency: 'EUR' } },
    ])
    expect(received[0]?.data.order).toEqual(bought)
    expect(types(order.settles(1))).toEqual(['return.restocked', 'return.refunded', 'return.completed'])
    expect(order.events.at(-1)?.data.return).toMatchObject({ status: 'completed', restocked: true, refunded: true })
  })

  it('is approved by rule up to a sum, and not above it', () => {
    const order = driveReturns(1995)
    expect(types(order.requests(teapot()))).toEqual(['return.requested', 'return.approved'])
    expect(types(order.requests([{ sku: 'CUP', quantity: 3 }, ...teapot()]))).toEqual(['return.requested'])
  })

  it('can be declined; then its goods may be sent back by another one', () => {
    const order = driveReturns()
    order.requests(teapot(2))
    expect(order.refusal(teapot())).toBe('moreThanBought')
    expect(types(order.decides(1, false))).toEqual(['return.declined'])
    expect(order.receives(1)).toEqual([])
    expect(order.refusal(teapot(2))).toBeUndefined()
  })

  it.each([
    ['more than was bought', teapot(3), 'moreThanBought'],
    ['what was not bought', [{ sku: 'KETTLE', quantity: 1 }], 'moreThanBought'],
  ] as const)('is refused for %s', (_, lines, refusal) => {
    const order = driveReturns()
    expect(order.refusal(lines)).toBe(refusal)
    expect(order.requests(lines)).toEqual([])
  })

  it('is refused when the window is over, and then nothing is waited for any more', () => {
    const order = driveReturns()
    order.requests(teapot())
    order.decides(1, false)
    expect(order.isOver()).toBe(false)
    expect(order.waits()).toEqual([])
    expect(order.isOver()).toBe(true)
    expect(order.refusal(teapot())).toBe('windowOver')
    expect(windowMs).toBeGreaterThan(0)
  })

  it('is the same return when the same request comes again, and no other may use its key', () => {
    const order = driveReturns()
    const key = { id: 'k', fingerprint: 'f' }
    order.requests(teapot(), { key })
    expect(order.refusal(teapot(), { key })).toBeUndefined()
    expect(order.requests(teapot(), { key })).toEqual([])
    expect(order.refusal(teapot(), { key: { id: 'k', fingerprint: 'other' } })).toBe('keyReused')
    expect(order.state().returns).toHaveLength(1)
  })

  it('counts its events by itself: 1, 2, 3 without gaps, under its own subject', () => {
    const order = driveReturns()
    order.requests(teapot())
    order.requests(teapot())
    order.decides(2, true)
    expect(order.events.map(({ id }) => id)).toEqual([1, 2, 3].map((n) => `returns:${bought.id}:${n}`))
  })

  it('takes the first answer per round, and none that nobody waits for', () => {
    const order = driveReturns(5490)
    order.requests(teapot())
    expect(order.answer(1, 'refund', 'completed')).toEqual([])
    order.receives(1)
    expect(types(order.answer(1, 'refund', 'completed'))).toEqual(['return.refunded'])
    expect(order.answer(1, 'refund', 'completed')).toEqual([])
    expect(order.answer(1, 'restock', 'completed', { round: 2 })).toEqual([])
  })
})

describe('money back without goods', () => {
  it('asks payment alone', () => {
    const order = driveReturns()
    expect(asks(order.refunds(100))).toEqual(['refund return-1 1.1'])
    expect(types(order.answer(1, 'refund', 'completed'))).toEqual(['return.refunded', 'return.completed'])
  })

  it('is never more than is left of what was paid, nor of another currency', () => {
    const order = driveReturns()
    expect(types(order.refunds(5491))).toEqual([])
    expect(types(order.refunds(100, 'USD'))).toEqual([])
    order.refunds(5000)
    expect(order.refusal(teapot())).toBe('moreThanPaid')
    expect(types(order.refunds(490))).toEqual(['return.refund_requested'])
    expect(types(order.refunds(1))).toEqual([])
  })
})

describe('money back above the sum that is approved by rule', () => {
  const asked = () => {
    const order = driveReturns(1000)
    expect(types(order.refunds(1001, 'EUR', { guarded: true }))).toEqual(['return.requested'])
    return order
  }

  it('is paid once an admin has agreed who did not ask for it, and no sooner', () => {
    const order = asked()
    expect(order.decides(1, true)).toEqual([])
    expect(order.decides(1, true, { kind: 'support', id: 'grace' })).toEqual([])
    expect(order.decides(1, true, { kind: 'program', id: 'robot' })).toEqual([])
    const agreed = order.decides(1, true, { kind: 'admin', id: 'grace' })
    expect(types(agreed)).toEqual(['return.approved', 'return.refund_requested'])
    expect(asks(agreed)).toEqual(['refund return-1 1.1'])
    expect(order.decides(1, true, { kind: 'admin', id: 'grace' })).toEqual([])
    expect(order.receives(1)).toEqual([])
    expect(types(order.answer(1, 'refund', 'completed'))).toEqual(['return.refunded', 'return.completed'])
  })

  it('may be taken back by who asked for it; then as much can be paid again', () => {
    const order = asked()
    expect(types(order.decides(1, false))).toEqual(['return.declined'])
    expect(types(order.refunds(5490, 'EUR', { guarded: true }))).toEqual(['return.requested'])
  })

  it('needs nobody else up to that sum, nor where it was asked for before there was this rule', () => {
    const order = driveReturns(1000)
    expect(types(order.refunds(1000, 'EUR', { guarded: true }))).toEqual(['return.refund_requested'])
    expect(types(order.refunds(1001))).toEqual(['return.refund_requested'])
  })
})

describe('a refund that does not come', () => {
  const received = () => {
    const order = driveReturns(5490)
    order.requests(teapot())
    order.receives(1)
    order.answer(1, 'restock', 'completed')
    return order
  }

  it('is asked again while it is not answered, the same ask, and then needs attention', () => {
    const order = received()
    expect(asks(order.waits())).toEqual(['refund return-1 1.2'])
    expect(asks(order.waits())).toEqual(['refund return-1 1.3'])
    expect(types(order.waits())).toEqual(['return.needs_attention'])
    expect(order.events.at(-1)?.data.return?.needsAttention).toBe(true)
  })

  it('is a new round after a refusal, later each time', () => {
    const order = received()
    const again = order.answer(1, 'refund', 'rejected')
    expect(asks(again)).toEqual(['refund return-1 2.2'])
    expect(again[0]?.data.asks?.[0]?.notBefore).toBeDefined()
    order.answer(1, 'refund', 'rejected')
    expect(types(order.answer(1, 'refund', 'rejected'))).toEqual(['return.refund_failed', 'return.needs_attention'])
  })

  it('can be asked again by an operator, and completes', () => {
    const order = received()
    for (let n = 0; n < 3; n += 1) order.answer(1, 'refund', 'rejected')
    expect(asks(order.retries(1))).toEqual(['refund return-1 4.4'])
    expect(order.retries(1)).toEqual([])
    expect(types(order.answer(1, 'refund', 'completed'))).toEqual(['return.refunded', 'return.completed'])
  })

  it('completes by a late answer too', () => {
    const order = received()
    for (let n = 0; n < 3; n += 1) order.waits()
    expect(types(order.answer(1, 'refund', 'completed'))).toEqual(['return.refunded', 'return.completed'])
    expect(order.events.at(-1)?.data.return?.needsAttention).toBe(false)
  })
})
