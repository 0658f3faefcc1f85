import { describe, expect, it } from 'vitest'
import { driveReturns } from '../domain/returns/testing.ts'
import { dueOfReturn } from './due-of-return.ts'

const teapot = [{ sku: 'TEAPOT', quantity: 1 }]

describe('a return', () => {
  it('is due by the first deadline of what was asked, until that is answered', () => {
    const order = driveReturns(5490)
    order.requests(teapot)
    expect(dueOfReturn(order.events, 1)).toBeUndefined()
    const asked = order.receives(1)[0]?.data.asks ?? []
    const [restock, refund] = asked.map(({ deadlineAt }) => Date.parse(deadlineAt))
    expect(dueOfReturn(order.events, 1)).toBe(Math.min(restock ?? 0, refund ?? 0))
    expect(dueOfReturn(order.events, 2)).toBeUndefined()
    order.answer(1, 'restock', 'completed')
    expect(dueOfReturn(order.events, 1)).toBe(refund)
    order.answer(1, 'refund', 'completed')
    expect(dueOfReturn(order.events, 1)).toBeUndefined()
  })

  it('is due anew when it is asked again, and not while it waits for a person', () => {
    const order = driveReturns(5490)
    order.refunds(100)
    const first = dueOfReturn(order.events, 1)
    const again = order.waits()[0]?.data.asks?.[0]?.deadlineAt ?? ''
    expect(dueOfReturn(order.events, 1)).toBe(Date.parse(again))
    expect(Date.parse(again)).toBeGreaterThan(first ?? Infinity)
    order.waits()
    order.waits()
    expect(order.state().returns[0]?.settling[0]?.state).toBe('stuck')
    expect(dueOfReturn(order.events, 1)).toBeUndefined()
    order.retries(1)
    expect(dueOfReturn(order.events, 1)).toBeDefined()
  })
})
