import { describe, expect, it } from 'vitest'
import { makePlan } from './plan.ts'
import { nextDeadline } from './react.ts'
import { asks, drive, driveToConfirmed, invent, retryPolicy, types } from './testing.ts'

describe('a step that does not answer in time', () => {
  it('fails the order and is undone too, as it may have taken effect', () => {
    const order = drive()
    const events = order.waits()
    expect(types(events)).toEqual(['order.step_timed_out', 'order.compensation_requested'])
    expect(asks(events)).toEqual(['compensate fetch 1.1'])
    expect(order.saga()).toMatchObject({ status: 'failing', failure: { step: 'fetch', code: 'timed_out' } })
    expect(order.step('fetch').state).toBe('timedOut')
  })

  it('is told beside the others that were late, and the first gives the reason', () => {
    const order = drive()
    order.completes('fetch')
    const events = order.waits()
    expect(types(events)).toEqual(['order.step_timed_out', 'order.step_timed_out', 'order.compensation_requested'])
    expect(asks(events)).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
    expect(order.saga().failure?.step).toBe('weigh')
  })

  it('ends the wait for a slower neighbour, which is undone as well', () => {
    const order = drive(makePlan([[invent('weigh', { deadlineMs: 10 }), invent('price')]], { retry: retryPolicy }))
    const events = order.waits()
    expect(types(events)).toEqual(['order.step_timed_out', 'order.compensation_requested'])
    expect(asks(events)).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
    expect(order.step('price').state).toBe('waiting')
  })

  it('may still answer: that is told once, and changes neither its state nor the undo', () => {
    const order = drive()
    order.waits()
    expect(types(order.completes('fetch'))).toEqual(['order.fetch_done'])
    expect(order.completes('fetch')).toEqual([])
    expect(order.rejects('fetch')).toEqual([])
    expect(order.step('fetch')).toMatchObject({ state: 'timedOut', compensation: { state: 'requested' } })
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.rejected'])
  })

  it('is not heard any more once it is undone', () => {
    const order = drive()
    order.completes('fetch')
    order.waits()
    order.undoes('weigh')
    expect(order.completes('weigh')).toEqual([])
    expect(order.saga().status).toBe('failing')
  })
})

describe('the next deadline', () => {
  it('is the earliest of those who have not answered', () => {
    const order = drive(
      makePlan([[invent('weigh', { deadlineMs: 10 }), invent('price', { deadlineMs: 20 })]], { retry: retryPolicy }),
    )
    const placed = order.clock()
    expect(nextDeadline(order.saga())).toBe(placed + 10)
    order.completes('weigh')
    expect(nextDeadline(order.saga())).toBe(placed + 20)
  })

  it('does nothing a millisecond before its time', () => {
    const order = drive()
    expect(order.waits(order.clock() + 59_999)).toEqual([])
    expect(order.waits(order.clock() + 1)).not.toEqual([])
  })

  it('is none while the order waits for its parcel or is over', () => {
    const order = driveToConfirmed()
    expect(nextDeadline(order.saga())).toBeUndefined()
    order.parcel('delivered')
    order.settles('fetch', 'price')
    expect(order.saga().status).toBe('delivered')
    expect(nextDeadline(order.saga())).toBeUndefined()
    expect(order.waits(order.clock() + 1e9)).toEqual([])
  })
})
