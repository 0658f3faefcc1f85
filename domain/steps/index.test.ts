import { describe, expect, it } from 'vitest'
import { makePlan } from '../saga/plan.ts'
import { anOrder, asks, drive, invent, retryPolicy, types } from '../saga/testing.ts'
import { orderSaga } from './index.ts'

describe('the order saga', () => {
  const ofPlan = (approvalAbove?: number) => {
    const limits = approvalAbove === undefined ? {} : { approval: approvalAbove }
    const order = drive(makePlan(orderSaga, { retry: retryPolicy, limits }))
    return order.saga().plan.stages.map((stage) => stage.map(({ name }) => name))
  }

  it('reserves and authorizes side by side, then books the shipment', () => {
    expect(ofPlan()).toEqual([['stock', 'payment'], ['shipping']])
  })

  it('begins with an approval where the total is above the limit, if there is one', () => {
    const { amountMinor } = anOrder.total
    expect(ofPlan(amountMinor)).toEqual(ofPlan())
    expect(ofPlan(amountMinor - 1)).toEqual([['approval'], ['stock', 'payment'], ['shipping']])
  })

  it('commits the stock and captures the payment once the parcel is on its way', () => {
    const settlements = orderSaga.flat().map(({ name, settlement }) => [name, settlement?.action])
    expect(settlements).toEqual([
      ['approval', undefined],
      ['stock', 'commit'],
      ['payment', 'capture'],
      ['shipping', undefined],
    ])
  })
})

describe('a step put into the list', () => {
  const withFraudCheck = makePlan([orderSaga[1], [invent('fraud')], orderSaga[2]], { retry: retryPolicy })

  it('is asked between its neighbours, which know nothing of it', () => {
    const order = drive(withFraudCheck)
    order.completes('stock')
    expect(asks(order.completes('payment'))).toEqual(['perform fraud 1.1'])
    expect(asks(order.completes('fraud'))).toEqual(['perform shipping 1.1'])
    expect(types(order.completes('shipping'))).toEqual(['order.shipment_booked', 'order.confirmed'])
  })

  it('is undone in its turn', () => {
    const order = drive(withFraudCheck)
    order.completes('stock', 'payment', 'fraud')
    expect(asks(order.rejects('shipping'))).toEqual(['compensate fraud 1.1'])
    expect(asks(order.undoes('fraud'))).toEqual(['compensate stock 1.1', 'compensate payment 1.1'])
    order.undoes('stock', 'payment')
    expect(order.saga().status).toBe('rejected')
  })

  it('fails the order when it refuses', () => {
    const order = drive(withFraudCheck)
    order.completes('stock', 'payment')
    expect(types(order.rejects('fraud'))).toEqual(['order.fraud_declined', 'order.compensation_requested'])
    expect(order.saga().failure?.step).toBe('fraud')
  })

  it('does not reach an order that was placed without it', () => {
    const order = drive(makePlan(orderSaga, { retry: retryPolicy }))
    order.completes('stock')
    expect(asks(order.completes('payment'))).toEqual(['perform shipping 1.1'])
    expect(order.completes('fraud')).toEqual([])
  })
})
