import { describe, expect, it } from 'vitest'
import { drive, driveToConfirmed, outwait } from '../../domain/saga/testing.ts'
import { planBulk } from './plan.ts'

const codeOf = (plan: ReturnType<typeof planBulk>) => (plan.kind === 'refused' ? plan.code : plan.deeds)

describe('what an act on many orders would do to one', () => {
  it('cancels as long as the guard lets it, last stage first, and again without an effect', () => {
    const order = driveToConfirmed()
    expect(codeOf(planBulk({ action: 'cancel' }, order.saga()))).toEqual(
      ['wrap', 'weigh', 'price', 'fetch'].map((step) => ({ step, action: 'compensate' })),
    )
    order.cancels()
    expect(codeOf(planBulk({ action: 'cancel' }, order.saga()))).toEqual([])
    order.undoes('wrap', 'weigh', 'price', 'fetch')
    expect(codeOf(planBulk({ action: 'cancel' }, order.saga()))).toBe('order_not_cancellable')
  })

  it('asks again what is stuck, and nothing else', () => {
    const order = driveToConfirmed()
    order.parcel('dispatched')
    expect(codeOf(planBulk({ action: 'retry' }, order.saga()))).toBe('nothing_to_resolve')
    order.settles('fetch')
    outwait(order)
    expect(codeOf(planBulk({ action: 'retry' }, order.saga()))).toEqual([{ step: 'price', action: 'capture' }])
    const undone = driveToConfirmed()
    undone.cancels()
    outwait(undone)
    expect(codeOf(planBulk({ action: 'retry' }, undone.saga()))).toEqual([{ step: 'wrap', action: 'compensate' }])
  })

  it('gives more time to what runs out sooner, and shortens nothing', () => {
    const order = drive()
    const until = order.step('fetch').deadlineAt ?? ''
    const extend = (deadlineAt: string) => codeOf(planBulk({ action: 'extend', deadlineAt }, order.saga()))
    const later = new Date(Date.parse(until) + 1).toISOString()
    expect(extend(later)).toEqual([{ step: 'fetch', action: 'perform', until }])
    expect(extend(until)).toBe('no_deadline')
    order.movesDeadline('fetch', later)
    expect(extend(later)).toBe('no_deadline')
    expect(codeOf(planBulk({ action: 'extend', deadlineAt: later }, driveToConfirmed().saga()))).toBe('no_deadline')
  })
})
