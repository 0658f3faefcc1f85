import { describe, expect, it } from 'vitest'
import { makePlan } from './plan.ts'
import { anOrder, asks, drive, driveToConfirmed, invent, retryPolicy, threeStages, types } from './testing.ts'

describe('an order that goes well', () => {
  it('is placed with its plan, its fingerprint and itself, and asks the first stage', () => {
    const [placed] = drive().events
    expect(placed).toMatchObject({
      id: `${anOrder.id}:1`,
      type: 'order.placed',
      time: anOrder.placedAt,
      traceparent: '00-trace-span-01',
      data: { status: 'placed', fingerprint: 'fingerprint', plan: threeStages, order: anOrder },
    })
    expect(placed?.data.asks).toEqual([
      {
        step: 'fetch',
        participant: 'fetch-service',
        action: 'perform',
        round: 1,
        attempt: 1,
        deadlineAt: '2030-01-01T10:01:00.000Z',
      },
    ])
  })

  it('asks the next stage with the completion that closes a stage', () => {
    const events = drive().completes('fetch')
    expect(types(events)).toEqual(['order.fetch_done'])
    expect(asks(events)).toEqual(['perform weigh 1.1', 'perform price 1.1'])
    expect(events[0]?.data).toMatchObject({ status: 'processing', order: anOrder })
  })

  it.each([
    ['weigh', 'price'],
    ['price', 'weigh'],
  ])('asks nobody while a step of the stage is open: %s before %s', (first, second) => {
    const order = drive()
    order.completes('fetch')
    const [open] = order.completes(first)
    expect(open?.data.asks).toBeUndefined()
    expect(open?.data.order).toBeUndefined()
    expect(asks(order.completes(second))).toEqual(['perform wrap 1.1'])
  })

  it('is confirmed by the last completion', () => {
    const order = drive()
    order.completes('fetch', 'weigh', 'price')
    expect(types(order.completes('wrap'))).toEqual(['order.wrap_done', 'order.confirmed'])
    expect(order.saga()).toMatchObject({ status: 'confirmed', wasConfirmed: true, attention: [] })
  })

  it('is confirmed at once when there is nothing to do', () => {
    expect(types(drive(makePlan([], { retry: retryPolicy })).events)).toEqual(['order.placed', 'order.confirmed'])
  })

  it('never asks an empty stage, which nobody could close', () => {
    const order = drive(makePlan([[], [invent('weigh')], [], [invent('wrap')], []], { retry: retryPolicy }))
    order.completes('weigh', 'wrap')
    expect(order.saga().status).toBe('confirmed')
  })

  it('tells readers what a participant says of payment and shipment', () => {
    const [done] = drive().answer('fetch', 'perform', 'completed', { payment: { id: 'p1' }, shipment: { id: 's1' } })
    expect(done?.data).toMatchObject({ payment: { id: 'p1' }, shipment: { id: 's1' } })
  })

  it('names the step, the action, the round and the outcome', () => {
    const [done] = drive().completes('fetch')
    expect(done?.data).toMatchObject({ step: 'fetch', action: 'perform', round: 1, outcome: 'completed' })
    expect(done?.data.actor).toEqual({ kind: 'participant', id: 'fetch-service' })
  })
})

describe('an answer', () => {
  it('counts once: the first per step, action and round wins', () => {
    const order = drive()
    order.completes('fetch')
    order.completes('weigh')
    expect(order.completes('weigh')).toEqual([])
    expect(order.rejects('weigh')).toEqual([])
    expect(order.step('weigh').state).toBe('succeeded')
    expect(order.saga().status).toBe('processing')
  })

  it.each([
    ['of an unknown step', 'polish', 'perform', 1],
    ['of a step that was not asked yet', 'wrap', 'perform', 1],
    ['of another round', 'fetch', 'perform', 2],
    ['to an undo that nobody asked for', 'fetch', 'compensate', 1],
    ['to a settlement before the parcel moved', 'fetch', 'commit', 1],
    ['to a settlement that the step does not have', 'weigh', 'capture', 1],
  ] as const)('%s changes nothing', (_, step, action, round) => {
    const order = drive()
    const before = order.saga()
    expect(order.answer(step, action, 'completed', { round })).toEqual([])
    expect(order.saga()).toBe(before)
  })
})

describe('time on the timeline', () => {
  it('is the time of the message', () => {
    const [done] = drive().answer('fetch', 'perform', 'completed', { at: '2030-01-01T10:00:07Z' })
    expect(done?.time).toBe('2030-01-01T10:00:07.000Z')
    expect(done?.data.asks?.[0]?.deadlineAt).toBe('2030-01-01T10:01:07.000Z')
  })

  it('never runs backwards, whatever the clock of a participant says', () => {
    const order = drive()
    order.answer('fetch', 'perform', 'completed', { at: '2030-01-01T10:00:07.000Z' })
    const [early] = order.answer('weigh', 'perform', 'completed', { at: '2029-12-31T23:00:00.000Z' })
    expect(early?.time).toBe('2030-01-01T10:00:07.000Z')
  })
})

describe('the same messages', () => {
  it('give the same bytes, numbered from 1 without gaps', () => {
    const run = () => {
      const order = driveToConfirmed()
      order.parcel('dispatched', { trackingNumber: 'T1' })
      order.settles('fetch', 'price')
      order.parcel('delivered')
      return order.events
    }
    expect(JSON.stringify(run())).toBe(JSON.stringify(run()))
    expect(run().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(run().map(({ id }) => id)).toEqual(run().map(({ sequence }) => `${anOrder.id}:${sequence}`))
  })
})
