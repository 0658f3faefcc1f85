import { describe, expect, it } from 'vitest'
import { counted } from './fold.ts'

const found = (type: string, orders: number, detail: string | null = null) => ({ type, detail, orders })

describe('what the events of a minute tell', () => {
  it('is how far its orders came', () => {
    expect(counted([found('order.stock_reserved', 7), found('order.payment_authorized', 5)])).toEqual([
      { series: 'reached', name: 'order.stock_reserved', value: 7 },
      { series: 'reached', name: 'order.payment_authorized', value: 5 },
    ])
  })

  it('is how many were confirmed, and how long each took', () => {
    const rows = counted([found('order.confirmed', 3, '80'), found('order.confirmed', 2, '91')])
    expect(rows).toContainEqual({ series: 'reached', name: 'order.confirmed', value: 5 })
    expect(rows).toContainEqual({ series: 'confirmed', name: '80', value: 3 })
    expect(rows).toContainEqual({ series: 'confirmed', name: '91', value: 2 })
  })

  it('is why orders were undone', () => {
    const type = 'order.compensation_requested'
    expect(counted([found(type, 2, 'payment:card_declined'), found(type, 1, 'cancelled')])).toEqual([
      { series: 'undone', name: 'payment:card_declined', value: 2 },
      { series: 'undone', name: 'cancelled', value: 1 },
    ])
  })

  it('keeps names that differ only in what a column cannot hold, added up', () => {
    const type = 'order.compensation_requested'
    expect(counted([found(type, 2, 'payment:ä'), found(type, 1, 'payment:ö')])).toEqual([
      { series: 'undone', name: 'payment:?', value: 3 },
    ])
  })
})
