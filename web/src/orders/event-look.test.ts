import { expect, it } from 'vitest'
import { lookOf } from './event-look.ts'

const tones = (...types: readonly string[]) => types.map((type) => lookOf(type).tone)

it('tells by tone what went well, what is under way and what went wrong', () => {
  expect(tones('order.payment_declined', 'return.declined', 'return.refund_failed', 'return.restock_failed')).toEqual(
    Array.from({ length: 4 }, () => 'bad'),
  )
  expect(tones('order.payment_method_changed', 'return.requested', 'return.refund_requested')).toEqual(
    Array.from({ length: 3 }, () => 'busy'),
  )
  expect(tones('return.approved', 'return.restocked', 'return.completed')).toEqual(['good', 'good', 'good'])
  expect(
    tones('order.resolution_requested', 'order.resolution_approved', 'order.deadline_changed', 'order.resumed'),
  ).toEqual(['warn', 'good', 'busy', 'busy'])
  expect(tones('order.approved', 'order.approval_refused')).toEqual(['good', 'bad'])
  expect(tones('return.step_timed_out', 'return.needs_attention')).toEqual(['bad', 'bad'])
})
