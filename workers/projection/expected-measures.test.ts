import { expect, it } from 'vitest'
import { driveReturns, type ReturnsDriver } from '../../domain/returns/testing.ts'
import { makePlan } from '../../domain/saga/plan.ts'
import { type Driver, drive, driveToConfirmed, outwait, retryPolicy } from '../../domain/saga/testing.ts'
import { orderSaga } from '../../domain/steps/index.ts'
import type { Measurement } from '../../platform/meters.ts'
import { expectedMeasures } from './expected-measures.ts'
import { sagaMeasures } from './measure-saga.ts'

const plan = makePlan(orderSaga, { retry: retryPolicy, limits: { approval: 1 } })
const texts = (measures: readonly Measurement[]): readonly string[] =>
  measures.map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)
const expected = new Set(texts(expectedMeasures()))

/** What was counted of an order without having been expected. */
function surprises(order: Driver): readonly string[] {
  const { order: placed, failure } = order.saga()
  const view = { order: placed, ...(failure && { failure }) }
  const counted = order.events.flatMap((event) => sagaMeasures(event, view))
  return texts(counted.filter(({ name }) => name !== 'holdfast_saga_confirmed_seconds')).filter(
    (one) => !expected.has(one),
  )
}
const surprisesOf = ({ events }: ReturnsDriver): readonly string[] =>
  texts(events.flatMap((event) => sagaMeasures(event))).filter((one) => !expected.has(one))

it('expects each series once', () => {
  expect(expected.size).toBe(expectedMeasures().length)
})

it('expects all that an order is counted as that goes through', () => {
  const order = driveToConfirmed(plan)
  order.parcel('dispatched')
  order.settles('stock', 'payment')
  order.parcel('delivered')
  expect(order.saga().status).toBe('delivered')
  expect(surprises(order)).toEqual([])
})

it.each([[], ['approval'], ['approval', 'stock'], ['approval', 'stock', 'payment']])(
  'expects all that follows from silence after %j',
  (...done) => {
    const order = drive(plan)
    order.completes(...done)
    outwait(order)
    expect(surprises(order)).toEqual([])
  },
)

it('expects all that follows from silence about what is to be settled, and about an undo', () => {
  const sent = driveToConfirmed(plan)
  sent.parcel('dispatched')
  outwait(sent)
  expect(surprises(sent)).toEqual([])
  const cancelled = driveToConfirmed(plan)
  cancelled.cancels()
  cancelled.undoes('shipping')
  cancelled.refusesUndo('stock')
  cancelled.undoes('payment')
  expect(surprises(cancelled)).toEqual(['holdfast_saga_needs_attention_total {"step":"stock","reason":"undoRefused"}'])
})

it('expects all that a return is counted as, answered or not', () => {
  const order = driveReturns(10_000)
  order.requests(order.state().order.lines.slice(0, 1))
  order.receives(1)
  for (let patience = 3; patience > 0; patience -= 1) order.waits()
  order.retries(1)
  order.settles(1)
  order.refunds(100)
  expect(surprisesOf(order)).toEqual([])
})
