import { expect, it } from 'vitest'
import { isOver, isSettled, orderStatuses } from './order.ts'

it('is over when nothing more will happen', () => {
  expect(orderStatuses.filter(isOver)).toEqual(['delivered', 'cancelled', 'rejected'])
})

it('is settled when the customer knows whether they get it', () => {
  expect(orderStatuses.filter(isSettled)).toEqual(['confirmed', 'dispatched', 'delivered', 'cancelled', 'rejected'])
})
