import { expect, it } from 'vitest'
import { anOrder } from '../../domain/saga/testing.ts'
import { sagaMeasures } from './measure-saga.ts'

const actor = { kind: 'system', id: 'saga' } as const
const time = '2030-01-01T10:00:02.500Z'
const view = { order: anOrder }
const ask = { step: 'payment', participant: 'payment', action: 'compensate', round: 1, deadlineAt: time } as const

it('tells how long an order took to be confirmed', () => {
  const told = sagaMeasures({ type: 'order.confirmed', time, data: { status: 'confirmed', actor } }, view)
  expect(told).toEqual([
    { name: 'holdfast_saga_orders_total', labels: { outcome: 'confirmed', step: '', reason: '' } },
    { name: 'holdfast_saga_confirmed_seconds', labels: {}, value: 2.5 },
  ])
})

it('tells by which step and why an order was rejected', () => {
  const failure = { step: 'payment', code: 'card_declined', message: 'no' }
  const told = sagaMeasures({ type: 'order.rejected', time, data: { status: 'rejected', actor } }, { ...view, failure })
  expect(told).toEqual([
    { name: 'holdfast_saga_orders_total', labels: { outcome: 'rejected', step: 'payment', reason: 'card_declined' } },
  ])
})

it('counts a deadline that passed, and each attempt to undo', () => {
  const data = { status: 'failing', actor, step: 'payment', action: 'perform', outcome: 'timedOut' } as const
  expect(sagaMeasures({ type: 'order.step_timed_out', time, data }, view)).toEqual([
    { name: 'holdfast_saga_deadlines_total', labels: { step: 'payment', action: 'perform' } },
    { name: 'holdfast_saga_steps_total', labels: { step: 'payment', outcome: 'timedOut', reason: '' } },
  ])
  const asks = [
    { ...ask, attempt: 1 },
    { ...ask, step: 'stock', attempt: 2 },
  ]
  const asking = { status: 'failing', actor, asks } as const
  expect(sagaMeasures({ type: 'order.compensation_requested', time, data: asking }, view)).toEqual([
    { name: 'holdfast_saga_compensation_attempts_total', labels: { step: 'payment', again: 'no' } },
    { name: 'holdfast_saga_compensation_attempts_total', labels: { step: 'stock', again: 'yes' } },
  ])
})
