import { expect, it } from 'vitest'
import { extended } from './extended.ts'

const until = '2026-01-31T09:30:00.000Z'

it('adds to what is left, and never gives less than was asked for', () => {
  expect(extended(until, 600_000, Date.parse('2026-01-31T09:00:00.000Z'))).toBe('2026-01-31T09:40:00.000Z')
  expect(extended(until, 600_000, Date.parse('2026-01-31T10:00:00.000Z'))).toBe('2026-01-31T10:10:00.000Z')
})
