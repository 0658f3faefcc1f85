import { expect, it } from 'vitest'
import { translator } from '../i18n/text.ts'
import { eventName } from './names.ts'

const t = translator('en')

it('names the step that an event is about', () => {
  expect(eventName(t, { type: 'order.step_timed_out', data: { step: 'payment' } })).toBe('No answer in time: Payment')
  expect(eventName(t, { type: 'order.stock_reserved', data: { step: 'stock' } })).toBe('Items reserved')
})

it('says which return an event is about, and which of its two sides waits', () => {
  const data = { step: 'return-2', return: { number: 2, lines: [{ sku: 'A', quantity: 1 }] } }
  expect(eventName(t, { type: 'return.refunded', data: { ...data, action: 'refund' } })).toBe(
    'Return 2: money paid back',
  )
  expect(eventName(t, { type: 'return.needs_attention', data: { ...data, action: 'restock' } })).toBe(
    'Return 2: needs attention (Put the items back)',
  )
  const refund = { return: { number: 3, lines: [] } }
  expect(eventName(t, { type: 'return.completed', data: refund })).toBe('Refund 3: completed')
})

it('calls what it has no words for by its own name', () => {
  expect(eventName(t, { type: 'return.box_lost', data: {} })).toBe('Box lost')
})
