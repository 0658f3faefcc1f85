import { expect, it } from 'vitest'
import { readToken } from './reset-token.ts'

it('finds the token in the fragment of a mailed link', () => {
  expect(readToken('token=a-b_c')).toBe('a-b_c')
  expect(readToken('#token=a-b_c')).toBe('a-b_c')
  for (const hash of ['', 'token=', 'content']) expect(readToken(hash)).toBe(undefined)
})
