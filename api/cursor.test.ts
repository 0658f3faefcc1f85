import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { ProblemError } from './problem.ts'

const anything = () => true

it('gives back what was put in', () => {
  expect(decodeCursor(encodeCursor('2026-01-01T00:00:00.000Z', 'ä|"'), [anything, anything])).toEqual([
    '2026-01-01T00:00:00.000Z',
    'ä|"',
  ])
})

it.each([
  '',
  '%%%',
  'bm90IGpzb24',
  encodeCursor('one'),
  encodeCursor('a', 'b', 'c'),
  Buffer.from('[1,2]').toString('base64url'),
])('refuses what is not a cursor of the list: %j', (cursor) =>
  expect(() => decodeCursor(cursor, [anything, anything])).toThrow(ProblemError),
)

it('refuses a part that fails its check', () => {
  expect(() => decodeCursor(encodeCursor('x'), [(part) => part === 'y'])).toThrow(ProblemError)
})

it('has a next page only where one more row was found', () => {
  expect(pageOf([1, 2, 3], 2, String)).toEqual({ rows: [1, 2], nextCursor: '2' })
  expect(pageOf([1, 2], 2, String)).toEqual({ rows: [1, 2], nextCursor: null })
  expect(pageOf([], 2, String)).toEqual({ rows: [], nextCursor: null })
})
