import { expect, it } from 'vitest'
import { judge, retryAfterMs } from './judge.ts'

it.each([
  [200, 'delivered'],
  [204, 'delivered'],
  [301, 'failed'],
  [307, 'failed'],
  [400, 'refused'],
  [401, 'refused'],
  [404, 'refused'],
  [408, 'failed'],
  [410, 'gone'],
  [422, 'refused'],
  [425, 'failed'],
  [429, 'failed'],
  [500, 'failed'],
  [503, 'failed'],
] as const)('%i: %s', (status, verdict) => expect(judge(status)).toBe(verdict))

const now = Date.parse('2026-01-31T09:30:00Z')
it.each([
  [undefined, 0],
  ['120', 120_000],
  ['999999', 3_600_000],
  ['Sat, 31 Jan 2026 09:30:05 GMT', 5_000],
  ['Sat, 31 Jan 2026 09:00:00 GMT', 0],
  ['soon', 0],
])('Retry-After %s: %i ms', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms))
