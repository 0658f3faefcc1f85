import { expect, it } from 'vitest'
import { type ReturnsDriver, driveReturns } from '../../domain/returns/testing.ts'
import { sku } from '../../domain/ids.ts'
import { sagaMeasures } from './measure-saga.ts'

const cup = [{ sku: sku('CUP'), quantity: 1 }]
const told = ({ events }: ReturnsDriver): readonly string[] =>
  events.flatMap(({ type, time, data }) =>
    sagaMeasures({ type, time, data }).map(({ name, labels }) =>
      [name.replace('holdfast_saga_', ''), ...Object.values(labels)].join(' ').trimEnd(),
    ),
  )

it('tells how far a return came, and that goods and money were settled, whichever return it was', () => {
  const order = driveReturns(500)
  order.requests(cup)
  order.receives(1)
  order.settles(1)
  expect(told(order)).toEqual([
    'returns_total requested',
    'returns_total approved',
    'returns_total goods_received',
    'steps_total restock completed',
    'steps_total refund completed',
    'returns_total completed',
  ])
})

it('tells of money alone, and of a refusal by whom', () => {
  const order = driveReturns()
  order.refunds(100)
  order.requests(cup)
  order.decides(2, false)
  expect(told(order)).toEqual(['returns_total refund_requested', 'returns_total requested', 'returns_total declined'])
})

it('counts each refusal once, the last one too, and then that a person is needed and why', () => {
  const order = driveReturns()
  order.refunds(100)
  const reason = { code: 'charge_already_refunded', message: 'no' }
  for (let round = 1; round <= 3; round += 1) order.answer(1, 'refund', 'rejected', { reason })
  expect(told(order).slice(1)).toEqual([
    ...Array.from({ length: 3 }, () => 'steps_total refund rejected charge_already_refunded'),
    'needs_attention_total refund charge_already_refunded',
  ])
})

it('counts deadlines that passed, up to the call for a person', () => {
  const order = driveReturns()
  order.refunds(100)
  for (let attempt = 1; attempt <= 3; attempt += 1) order.waits()
  const late = ['deadlines_total refund refund', 'steps_total refund timedOut timed_out']
  expect(told(order).slice(1)).toEqual([
    ...late,
    ...late,
    'needs_attention_total refund timed_out',
    'steps_total refund stuck timed_out',
  ])
})
