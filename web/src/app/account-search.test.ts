import { expect, it } from 'vitest'
import { readAccountSearch } from './account-search.ts'

it('keeps a role and a beginning in the address of accounts, and drops the rest', () => {
  expect(readAccountSearch({ role: 'support', q: 'kim', cursor: 'abc' })).toEqual({ role: 'support', q: 'kim' })
  expect(readAccountSearch({ role: 'boss', q: '' })).toEqual({})
  expect(readAccountSearch({ q: 42 })).toEqual({ q: '42' })
})
