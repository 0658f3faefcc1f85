import { describe, expect, it } from 'vitest'
import { makePlan } from '../domain/saga/plan.ts'
import { anOrder, drive, retryPolicy } from '../domain/saga/testing.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { endingFaults, type Kept } from './ending-faults.ts'

const plan = makePlan(orderSaga, { retry: retryPolicy })
const total = anOrder.total.amountMinor

const payment = (state: string, capturedMinor = 0, refundedMinor = 0) => ({
  step: 'payment',
  state,
  capturedMinor,
  refundedMinor,
  currency: 'EUR',
})
const kept = (more: Partial<Kept> = {}): Kept => ({
  reservations: [{ step: 'stock', state: 'committed' }],
  payments: [payment('captured', total)],
  shipments: [{ step: 'shipping', state: 'delivered' }],
  returns: [],
  ...more,
})
const nothing: Kept = { reservations: [], payments: [], shipments: [], returns: [] }

function delivered() {
  const order = drive(plan)
  order.completes('approval', 'stock', 'payment', 'shipping')
  order.parcel('delivered')
  order.settles('stock', 'payment')
  return order.saga()
}

function cancelled() {
  const order = drive(plan)
  order.completes('approval', 'stock', 'payment')
  order.cancels()
  order.undoes('shipping', 'stock', 'payment')
  return order.saga()
}

describe('a delivered order', () => {
  it('is paid in full and its goods are gone', () => {
    expect(delivered().status).toBe('delivered')
    expect(endingFaults(delivered(), kept())).toEqual([])
    expect(endingFaults(delivered(), nothing)).toEqual([
      'its goods are nowhere',
      'its payment is unknown',
      'its shipment is unknown',
    ])
    expect(endingFaults(delivered(), kept({ payments: [payment('captured', total - 1)] }))).toEqual([
      `its payment is captured, ${total - 1} EUR captured of ${total} EUR`,
    ])
    expect(endingFaults(delivered(), kept({ reservations: [{ step: 'stock', state: 'released' }] }))).toEqual([
      'its goods are released',
    ])
    expect(endingFaults(delivered(), kept({ shipments: [{ step: 'shipping', state: 'cancelled' }] }))).toEqual([
      'its shipment is cancelled',
    ])
    expect(endingFaults(delivered(), kept({ shipments: [{ step: 'shipping', state: 'booked' }] }))).toEqual([
      'its shipment is booked',
    ])
  })

  it('gets money back by a return only', () => {
    const refunded = { payments: [payment('captured', total, 500)] }
    const returned = (status: string, amountMinor = 500) => ({ status, amountMinor, refunded: status === 'completed' })
    const faults = (...returns: Kept['returns']) => endingFaults(delivered(), kept({ ...refunded, returns }))
    expect(faults(returned('received'))).toEqual([])
    expect(faults(returned('completed'))).toEqual([])
    expect(faults(returned('requested'))).toEqual(['500 EUR were refunded without a return'])
    expect(faults(returned('completed', 400))).toEqual(['500 EUR were refunded, 400 by its returns'])
    expect(faults(returned('completed'), returned('completed', 1))).toEqual([
      '500 EUR were refunded, readers are told 501',
    ])
  })
})

it('an order is not delivered before all is settled', () => {
  const saga = delivered()
  const steps = saga.steps.map(({ settlement, ...step }) =>
    settlement === undefined || step.step !== 'payment'
      ? { ...step, ...(settlement && { settlement }) }
      : { ...step, settlement: { ...settlement, state: 'requested' as const } },
  )
  expect(endingFaults({ ...saga, steps }, kept())).toEqual(['the capture of its payment is requested'])
})

describe('an order that was undone', () => {
  it('holds neither goods nor money, and its parcel has not left', () => {
    expect(cancelled().status).toBe('cancelled')
    expect(endingFaults(cancelled(), nothing)).toEqual([])
    const undone = kept({ reservations: [{ step: 'stock', state: 'released' }], payments: [payment('voided')] })
    expect(endingFaults(cancelled(), { ...undone, shipments: [{ step: 'shipping', state: 'cancelled' }] })).toEqual([])
    expect(endingFaults(cancelled(), { ...undone, shipments: [{ step: 'shipping', state: 'released' }] })).toEqual([
      'its parcel is released',
    ])
    expect(endingFaults(cancelled(), kept({ reservations: [{ step: 'stock', state: 'held' }] }))).toEqual([
      'its goods are held',
      'its payment is captured',
      'its parcel is delivered',
    ])
  })

  it('may look as it likes before it is over, and what was done by hand was done elsewhere', () => {
    const order = drive(plan)
    order.completes('approval', 'stock', 'payment')
    expect(endingFaults(order.saga(), nothing)).toEqual([])
    const byHand = cancelled()
    const steps = byHand.steps.map((step) => ({
      ...step,
      compensation: { ...step.compensation, state: 'doneByHand' as const },
    }))
    expect(endingFaults({ ...byHand, steps }, kept())).toEqual([])
  })
})
