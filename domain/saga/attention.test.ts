import { describe, expect, it } from 'vitest'
import { retryable } from './operate.ts'
import { asks, drive, driveToConfirmed, operator, outwait, types } from './testing.ts'
import { deadLettersOf } from './view.ts'

describe('a dead-letter notice', () => {
  it('flags the order and is no answer: the deadline still decides', () => {
    const order = drive()
    const [flagged] = order.deadLetters('fetch', 'perform')
    expect(flagged).toMatchObject({
      type: 'order.needs_attention',
      data: { status: 'placed', step: 'fetch', action: 'perform', needsAttention: true },
    })
    expect(order.step('fetch').state).toBe('waiting')
    expect(types(order.waits())).toEqual(['order.step_timed_out', 'order.compensation_requested'])
  })

  it('is told once', () => {
    const order = drive()
    order.deadLetters('fetch', 'perform')
    expect(order.deadLetters('fetch', 'perform')).toEqual([])
  })

  it('is settled by a redrive in time, and the order goes on', () => {
    const order = drive()
    order.deadLetters('fetch', 'perform')
    const events = order.completes('fetch')
    expect(types(events)).toEqual(['order.fetch_done', 'order.attention_resolved'])
    expect(asks(events)).toEqual(['perform weigh 1.1', 'perform price 1.1'])
    expect(events.map(({ data }) => data.needsAttention)).toEqual([true, false])
  })

  it('is settled by the proof of the undo, too', () => {
    const order = drive()
    order.deadLetters('fetch', 'perform')
    order.waits()
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.attention_resolved', 'order.rejected'])
  })

  it('of an unknown step, or of an order that is over, is ignored', () => {
    const order = drive()
    expect(order.deadLetters('polish', 'perform')).toEqual([])
    order.rejects('fetch')
    expect(order.deadLetters('fetch', 'perform')).toEqual([])
  })

  it('is dropped with the flag when the order is over', () => {
    const order = drive()
    order.completes('fetch')
    order.deadLetters('price', 'perform')
    order.rejects('weigh')
    order.undoes('price', 'fetch')
    expect(order.saga()).toMatchObject({ status: 'rejected', attention: [] })
  })
})

describe("an operator's retry", () => {
  const stuckInCancelling = () => {
    const order = driveToConfirmed()
    order.cancels()
    outwait(order)
    return order
  }

  it('asks the same round again where nobody ever answered, and lifts the flag', () => {
    const order = stuckInCancelling()
    expect(retryable(order.saga(), 'wrap')).toBe(true)
    const [resolved] = order.retries('wrap')
    expect(resolved).toMatchObject({
      type: 'order.attention_resolved',
      data: { actor: operator, note: 'asked them', resolution: 'retry', action: 'compensate', needsAttention: false },
    })
    expect(resolved?.data.asks).toMatchObject([{ step: 'wrap', action: 'compensate', round: 1, attempt: 4 }])
    expect(order.undoes('wrap').length).toBeGreaterThan(0)
  })

  it('asks a new round where the undo was refused, for that ask has its answer', () => {
    const order = drive()
    order.completes('fetch', 'weigh')
    order.rejects('price')
    order.refusesUndo('weigh')
    expect(asks(order.retries('weigh'))).toEqual(['compensate weigh 2.2'])
    expect(order.answer('weigh', 'compensate', 'completed', { round: 1 })).toEqual([])
    expect(asks(order.undoes('weigh'))).toEqual(['compensate fetch 1.1'])
  })

  it('is given new tries, then needs attention again', () => {
    const order = stuckInCancelling()
    order.retries('wrap')
    expect(asks(order.waits())).toEqual(['compensate wrap 1.5'])
    outwait(order)
    expect(order.saga().attention).toEqual(['wrap/compensate'])
  })

  it('asks a settlement again: a new round after a refusal, the same one without an answer', () => {
    const order = driveToConfirmed()
    order.parcel('dispatched')
    for (let attempt = 1; attempt <= 3; attempt += 1) order.refusesToSettle('price')
    outwait(order)
    expect(asks(order.retries('price'))).toEqual(['capture price 4.4'])
    expect(asks(order.retries('fetch'))).toEqual(['commit fetch 1.4'])
    expect(order.saga().attention).toEqual([])
    order.settles('price', 'fetch')
    expect(types(order.parcel('delivered'))).toEqual(['order.delivered'])
  })

  it('lifts only the flag of the step that is asked again', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.undoes('wrap')
    outwait(order)
    const [resolved] = order.retries('weigh')
    expect(resolved?.data.needsAttention).toBe(true)
    expect(order.saga().attention).toEqual(['price/compensate'])
  })

  it.each(['wrap', 'polish'])('of %s is refused while nothing is stuck', (step) => {
    const order = driveToConfirmed()
    expect(retryable(order.saga(), step)).toBe(false)
    expect(order.retries(step)).toEqual([])
    order.cancels()
    expect(order.retries(step)).toEqual([])
  })
})

describe('a dead letter', () => {
  it('is told as long as it keeps the order waiting', () => {
    const order = drive()
    order.deadLetters('fetch', 'perform')
    const letters = () => deadLettersOf(order.saga(), order.events)
    expect(letters()).toEqual([{ step: 'fetch', action: 'perform', message: 'unreadable' }])
    order.completes('fetch')
    expect(letters()).toEqual([])
  })
})

describe('a parcel that will not arrive', () => {
  const onItsWay = () => {
    const order = driveToConfirmed()
    order.parcel('dispatched')
    order.settles('fetch', 'price')
    return order
  }

  it('needs a person, once for each kind of trouble', () => {
    const order = onItsWay()
    expect(types(order.parcel('lost'))).toEqual(['order.needs_attention'])
    expect(order.events.at(-1)?.data.reason?.code).toBe('parcel_lost')
    expect(order.parcel('lost')).toEqual([])
    expect(types(order.parcel('returned'))).toEqual(['order.needs_attention'])
  })

  it('ends well when it is delivered after all', () => {
    const order = onItsWay()
    order.parcel('lost')
    expect(types(order.parcel('delivered'))).toEqual(['order.delivered'])
    expect(order.saga().attention).toEqual([])
  })
})
