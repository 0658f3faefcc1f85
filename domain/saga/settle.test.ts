import { describe, expect, it } from 'vitest'
import { makePlan } from './plan.ts'
import { asks, drive, driveToConfirmed, invent, retryPolicy, types } from './testing.ts'

const dispatched = () => {
  const order = driveToConfirmed()
  order.parcel('dispatched')
  return order
}

describe('a dispatched order', () => {
  it('asks every step that has something to settle', () => {
    const events = driveToConfirmed().parcel('dispatched', { carrier: 'snail', trackingNumber: 'T1' })
    expect(types(events)).toEqual(['order.dispatched'])
    expect(asks(events)).toEqual(['commit fetch 1.1', 'capture price 1.1'])
    expect(events[0]?.data.shipment).toEqual({ carrier: 'snail', trackingNumber: 'T1', status: 'dispatched' })
  })

  it.each([
    ['fetch', 'price'],
    ['price', 'fetch'],
  ])('is delivered only when every settlement is proven: %s, then %s', (first, second) => {
    const order = dispatched()
    expect(order.parcel('delivered')).toEqual([])
    expect(order.settles(first)).toHaveLength(1)
    expect(types(order.settles(second)).at(-1)).toBe('order.delivered')
  })

  it('waits for the parcel when everything is settled', () => {
    const order = dispatched()
    order.settles('fetch', 'price')
    expect(order.saga().status).toBe('dispatched')
    expect(types(order.parcel('delivered'))).toEqual(['order.delivered'])
  })

  it('is delivered without settlements where no step has one', () => {
    const order = driveToConfirmed(makePlan([[invent('wrap')]], { retry: retryPolicy }))
    const events = order.parcel('delivered')
    expect(types(events)).toEqual(['order.dispatched', 'order.delivered'])
    expect(asks(events)).toEqual([])
  })
})

describe('what the carrier says', () => {
  it('may come doubled', () => {
    const order = dispatched()
    expect(order.parcel('dispatched')).toEqual([])
    order.settles('fetch', 'price')
    order.parcel('delivered')
    expect(order.parcel('delivered')).toEqual([])
    expect(order.parcel('dispatched')).toEqual([])
  })

  it('may come early: it is kept until the order is confirmed', () => {
    const order = drive()
    expect(order.parcel('dispatched', { trackingNumber: 'T1' })).toEqual([])
    order.completes('fetch', 'weigh', 'price')
    const events = order.completes('wrap')
    expect(types(events)).toEqual(['order.wrap_done', 'order.confirmed', 'order.dispatched'])
    expect(events[2]?.data).toMatchObject({
      actor: { kind: 'participant', id: 'carrier' },
      shipment: { trackingNumber: 'T1' },
    })
  })

  it('may come in reverse: delivered implies dispatched', () => {
    const order = driveToConfirmed()
    expect(types(order.parcel('delivered'))).toEqual(['order.dispatched'])
    expect(order.parcel('dispatched')).toEqual([])
    order.settles('fetch')
    expect(types(order.settles('price'))).toEqual(['order.price_captured', 'order.delivered'])
  })

  it('means nothing to an order that was cancelled or rejected', () => {
    const order = drive()
    order.rejects('fetch')
    expect(order.parcel('dispatched')).toEqual([])
    expect(order.parcel('delivered')).toEqual([])
  })
})

describe('a settlement without an answer', () => {
  it('is asked again as the same round with twice the patience, then needs attention', () => {
    const order = dispatched()
    order.settles('fetch')
    const again = order.waits()
    expect(types(again)).toEqual(['order.step_timed_out'])
    expect(asks(again)).toEqual(['capture price 1.2'])
    expect(Date.parse(again[0]?.data.asks?.[0]?.deadlineAt ?? '') - Date.parse(again[0]?.time ?? '')).toBe(2000)
    expect(asks(order.waits())).toEqual(['capture price 1.3'])
    expect(types(order.waits())).toEqual(['order.needs_attention'])
    expect(order.saga()).toMatchObject({ status: 'dispatched', attention: ['price/capture'] })
    expect(order.step('price').state).toBe('succeeded')
  })

  it('clears the attention by a late proof', () => {
    const order = dispatched()
    order.parcel('delivered')
    order.settles('fetch')
    for (let attempt = 1; attempt <= 3; attempt += 1) order.waits()
    expect(types(order.settles('price'))).toEqual([
      'order.price_captured',
      'order.attention_resolved',
      'order.delivered',
    ])
  })
})

describe('a settlement that is refused', () => {
  it('is asked again as a new round after a pause, for the old ask has its answer for ever', () => {
    const order = dispatched()
    const [failed] = order.refusesToSettle('price')
    expect(failed?.type).toBe('order.price_not_captured')
    const at = Date.parse(failed?.time ?? '')
    expect(failed?.data).toMatchObject({ status: 'dispatched', action: 'capture', round: 1, outcome: 'rejected' })
    expect(failed?.data.asks).toMatchObject([
      {
        action: 'capture',
        round: 2,
        attempt: 2,
        notBefore: new Date(at + 1000).toISOString(),
        deadlineAt: new Date(at + 1000 + 2000).toISOString(),
      },
    ])
  })

  it('ignores the old round from then on', () => {
    const order = dispatched()
    order.refusesToSettle('price')
    expect(order.answer('price', 'capture', 'rejected', { round: 1 })).toEqual([])
    expect(order.answer('price', 'capture', 'completed', { round: 1 })).toEqual([])
    expect(types(order.answer('price', 'capture', 'completed', { round: 2 }))).toEqual(['order.price_captured'])
  })

  it('needs attention after the last try, told once', () => {
    const order = dispatched()
    order.refusesToSettle('price')
    order.refusesToSettle('price')
    expect(types(order.refusesToSettle('price'))).toEqual(['order.price_not_captured', 'order.needs_attention'])
    expect(order.step('price').settlement).toMatchObject({ state: 'failed', round: 3, attempts: 3 })
    expect(order.refusesToSettle('price')).toEqual([])
    expect(order.settles('price')).toEqual([])
  })

  it('needs attention at once where a refusal was not foreseen, and a retry is a new round', () => {
    const order = dispatched()
    expect(types(order.refusesToSettle('fetch'))).toEqual(['order.needs_attention'])
    expect(order.refusesToSettle('fetch')).toEqual([])
    expect(asks(order.retries('fetch'))).toEqual(['commit fetch 2.2'])
    expect(types(order.settles('fetch'))).toEqual(['order.fetch_committed'])
  })

  it('never counts as undone: a dispatched order is not compensated', () => {
    const order = dispatched()
    order.refusesToSettle('price')
    expect(order.undoes('price')).toEqual([])
    expect(order.saga().steps.map(({ compensation }) => compensation.state)).toEqual(['none', 'none', 'none', 'none'])
  })
})
