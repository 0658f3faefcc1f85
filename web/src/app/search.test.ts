import { expect, it } from 'vitest'
import { changed, readNext, readOrderSearch, readReturnSearch, readShopSearch } from './search.ts'

it('keeps what makes sense in an address and drops the rest', () => {
  expect(readOrderSearch({ status: 'rejected', attention: true, cursor: 'abc', x: 1 })).toEqual({
    status: 'rejected',
    attention: true,
    cursor: 'abc',
  })
  expect(readOrderSearch({ status: 'lost', attention: 'perhaps', cursor: '' })).toEqual({})
  const [placedFrom, placedTo] = ['2030-01-01T10:00:00.000Z', '2030-01-01T10:05:00.000Z']
  const behind = { placedFrom, placedTo, reached: 'payment', compensated: 'cancelled' }
  expect(readOrderSearch(behind)).toEqual(behind)
  expect(readOrderSearch({ ...behind, placedTo: 'noon' })).toEqual({ placedFrom })
  expect(readReturnSearch({ status: 'approved', cursor: 'abc', customer: 1 })).toEqual({
    status: 'approved',
    cursor: 'abc',
  })
  expect(readReturnSearch({ status: 'delivered' })).toEqual({})
  expect(readShopSearch({ q: 42, available: 'true' })).toEqual({ q: '42', available: true })
})

it('goes on only to a page of ours after signing in', () => {
  expect(readNext({ next: '/orders/1' })).toEqual({ next: '/orders/1' })
  for (const next of ['https://evil.test', '//evil.test', '/\\evil.test', '/\t/evil.test', '/\n\\evil.test', 'orders'])
    expect(readNext({ next })).toEqual({})
})

it('begins at the newest page once the filter changes, and drops from the address what is not looked for', () => {
  const search = { status: 'placed', customer: 'c', cursor: 'abc' }
  expect(changed(search, { customer: 'd' })).toEqual({ status: 'placed', customer: 'd' })
  expect(changed(search, { status: '', customer: undefined })).toEqual({})
})
