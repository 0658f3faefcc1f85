import { expect, it } from 'vitest'
import { wants } from './filter.ts'

it.each([
  [['order.confirmed'], 'order.confirmed', true],
  [['order.confirmed'], 'order.confirmed_twice', false],
  [['order.confirmed'], 'order.rejected', false],
  [['order.rejected', 'order.confirmed'], 'order.confirmed', true],
  [['order.*'], 'order.placed', true],
  [['order.*'], 'return.requested', false],
  [['return.*'], 'return.requested', true],
  [['return.*'], 'returned.late', false],
  [['*'], 'anything.else', true],
  [[], 'order.placed', false],
] as const)('%j wants %s: %s', (filters, type, wanted) => {
  expect(wants(filters, type)).toBe(wanted)
})
