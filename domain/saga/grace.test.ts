import { describe, expect, it } from 'vitest'
import { makePlan } from './plan.ts'
import { anOrder, asks, drive, invent, retryPolicy, types } from './testing.ts'
import { sagaView } from './view.ts'

const plan = makePlan([[invent('fetch'), invent('pay', { graceMs: 10_000 })], [invent('wrap')]], { retry: retryPolicy })

const declined = () => {
  const order = drive(plan)
  order.completes('fetch')
  order.rejects('pay')
  return order
}

describe('a decline with grace', () => {
  it('is told, undoes nothing, and waits for the customer', () => {
    const order = declined()
    expect(types(order.events).at(-1)).toBe('order.pay_declined')
    expect(order.saga().status).toBe('processing')
    const until = new Date(order.clock() + 10_000).toISOString()
    expect(sagaView(order.saga()).waitingFor).toEqual([expect.objectContaining({ participant: 'customer', until })])
  })

  it('asks again as a new round, with the other payment method in the order', () => {
    const order = declined()
    const events = order.paysWith('pm_card_mastercard')
    expect(asks(events)).toEqual(['perform pay 2.1'])
    expect(events[0]?.data.order?.paymentMethod).toBe('pm_card_mastercard')
    order.completes('pay', 'wrap')
    expect(order.saga().status).toBe('confirmed')
    expect(order.saga().order.paymentMethod).toBe('pm_card_mastercard')
  })

  it('may be declined again and again, each time with new grace', () => {
    const order = declined()
    order.paysWith('pm_second')
    order.rejects('pay')
    expect(asks(order.paysWith('pm_third'))).toEqual(['perform pay 3.1'])
  })

  it('has an end: the fifth decline is the last', () => {
    const order = declined()
    for (let n = 2; n <= 5; n += 1) {
      order.paysWith(`pm_${n}`)
      order.rejects('pay')
    }
    expect(order.saga().status).toBe('failing')
    expect(order.paysWith('pm_sixth')).toEqual([])
  })

  it('takes no late answer to the round before', () => {
    const order = declined()
    order.paysWith('pm_second')
    expect(order.answer('pay', 'perform', 'completed', { round: 1 })).toEqual([])
  })

  it('fails the order by the decline when nothing came in time, and undoes what was done', () => {
    const order = declined()
    expect(types(order.waits())).toEqual(['order.step_timed_out', 'order.compensation_requested'])
    expect(order.saga().failure?.step).toBe('pay')
    expect(asks(order.events).at(-1)).toBe('compensate fetch 1.1')
    order.undoes('fetch')
    expect(order.saga().status).toBe('rejected')
  })

  it('is over when the order is cancelled: nothing of the declined step is undone', () => {
    const order = declined()
    order.cancels()
    order.undoes('fetch')
    expect(order.saga().status).toBe('cancelled')
    expect(order.paysWith('pm_late')).toEqual([])
  })

  it('undoes the round that was asked last', () => {
    const order = declined()
    order.paysWith('pm_second')
    order.waits()
    expect(asks(order.events)).toContain('compensate pay 2.1')
  })

  it('changes nothing where nothing was declined', () => {
    expect(drive(plan).paysWith('pm_other')).toEqual([])
  })
})

describe('an order that allows backorder', () => {
  const patient = makePlan([[invent('fetch', { deadlineMs: 1000, backorderDeadlineMs: 90_000 }), invent('pay')]], {
    retry: retryPolicy,
  })
  const deadlineOf = (allowBackorder: boolean) => {
    const order = {
      ...anOrder,
      lines: anOrder.lines.map((line) => ({ ...line, ...(allowBackorder && { allowBackorder }) })),
    }
    return Date.parse(drive(patient, order).step('fetch').deadlineAt ?? '') - Date.parse(order.placedAt)
  }

  it('gives the step that can wait its longer deadline', () => {
    expect([deadlineOf(false), deadlineOf(true)]).toEqual([1000, 90_000])
  })
})

describe('a confirmed order that is not dispatched', () => {
  const plain = makePlan([[invent('wrap')]], { retry: retryPolicy, dispatchMs: 5_000 })
  const late = () => {
    const order = drive(plain)
    order.completes('wrap')
    order.waits()
    return order
  }

  it('needs attention once its deadline has passed, and once only', () => {
    const order = late()
    expect(types(order.events).at(-1)).toBe('order.needs_attention')
    expect(order.events.at(-1)?.data.reason?.code).toBe('not_dispatched')
    expect(() => order.waits()).toThrow('waits for no deadline')
  })

  it('needs it no longer when it is dispatched after all', () => {
    const order = late()
    expect(types(order.parcel('dispatched'))).toEqual(['order.dispatched', 'order.attention_resolved'])
    expect(order.saga().attention).toEqual([])
  })

  it('can still be cancelled', () => {
    const order = late()
    order.cancels()
    order.undoes('wrap')
    expect(order.saga().status).toBe('cancelled')
  })
})
