import { expect, it } from 'vitest'
import { readDeliverySearch, readMessageSearch } from './operator-search.ts'

it('reads which deliveries and messages are shown, and drops what makes no sense', () => {
  expect(readDeliverySearch({ status: 'refused', cursor: 'abc' })).toEqual({ status: 'refused', cursor: 'abc' })
  expect(readDeliverySearch({ status: 'lost', cursor: '', x: 1 })).toEqual({})
  expect(readMessageSearch({ status: 'kept', orderId: 'o', customerId: 'c' })).toEqual({
    status: 'kept',
    orderId: 'o',
    customerId: 'c',
  })
  expect(readMessageSearch({ status: 'delivered', orderId: '' })).toEqual({})
})
