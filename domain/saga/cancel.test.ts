import { describe, expect, it } from 'vitest'
import { isCancellable } from './state.ts'
import { asks, customer, drive, driveToConfirmed, types } from './testing.ts'

describe('a cancellation', () => {
  it('says who wants it and why, then undoes what was begun', () => {
    const order = drive()
    order.completes('fetch')
    const events = order.cancels()
    expect(types(events)).toEqual(['order.cancellation_requested', 'order.compensation_requested'])
    expect(events[0]?.data).toMatchObject({
      status: 'cancelling',
      actor: customer,
      reason: { code: 'cancelled', message: 'changed my mind' },
    })
    expect(asks(events)).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
  })

  it('asked for twice changes nothing the second time', () => {
    const order = driveToConfirmed()
    order.cancels()
    expect(order.cancels()).toEqual([])
    expect(order.saga().status).toBe('cancelling')
  })

  it('comes too late for an order that is failing', () => {
    const order = drive()
    order.waits()
    expect(isCancellable(order.saga())).toBe(false)
    expect(order.cancels()).toEqual([])
    order.undoes('fetch')
    expect(order.saga().status).toBe('rejected')
  })

  it('comes too late for an order that is dispatched or over', () => {
    const order = driveToConfirmed()
    order.parcel('dispatched')
    expect(isCancellable(order.saga())).toBe(false)
    expect(order.cancels()).toEqual([])
    order.settles('fetch', 'price')
    order.parcel('delivered')
    expect(isCancellable(order.saga())).toBe(false)
    expect(order.cancels()).toEqual([])
  })

  it('that was refused is not tried again', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.refusesUndo('wrap')
    expect(isCancellable(order.saga())).toBe(false)
    expect(order.cancels()).toEqual([])
  })

  it('makes a late completion harmless: told, undone, and no further stage is asked', () => {
    const order = drive()
    order.cancels()
    const events = order.completes('fetch')
    expect(types(events)).toEqual(['order.fetch_done'])
    expect(events[0]?.data.status).toBe('cancelling')
    expect(asks(events)).toEqual([])
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.cancelled'])
    expect(order.completes('fetch')).toEqual([])
  })

  it('makes a late rejection harmless: the order is cancelled, not rejected', () => {
    const order = drive()
    order.cancels()
    expect(types(order.rejects('fetch'))).toEqual(['order.fetch_declined'])
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.cancelled'])
    expect(order.saga().failure).toBeUndefined()
  })

  it('ends the wait for the deadlines of the steps: only the undo is waited for', () => {
    const order = drive()
    order.cancels()
    expect(types(order.waits())).toEqual(['order.compensation_requested'])
    order.undoes('fetch')
    expect(order.waits(order.clock() + 120_000)).toEqual([])
  })
})
