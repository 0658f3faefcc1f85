import { describe, expect, it } from 'vitest'
import { lastHours, minuteOf } from './time.ts'

const now = new Date('2030-01-01T10:07:31.500Z')

it('a moment belongs to the minute that it is in', () => {
  expect(minuteOf('2030-01-01T10:07:59.999Z').toISOString()).toBe('2030-01-01T10:07:00.000Z')
  expect(minuteOf('2030-01-01T10:08:00.000Z').toISOString()).toBe('2030-01-01T10:08:00.000Z')
})

describe('the last hours', () => {
  it.each([
    [1, 1, 60],
    [2, 1, 120],
    [3, 2, 90],
    [6, 5, 72],
    [10, 5, 120],
    [20, 10, 120],
    [24, 15, 96],
    [48, 30, 96],
  ])('%i are drawn in parts of %i minutes: %i points', (hours, minutesPerPoint, points) => {
    expect(lastHours(hours, now)).toMatchObject({ minutesPerPoint, points })
  })

  it.each(Array.from({ length: 48 }, (_, n) => n + 1))('%i: whole parts, 120 at most, that end after now', (hours) => {
    const { from, to, minutesPerPoint, points } = lastHours(hours, now)
    expect(points).toBeLessThanOrEqual(120)
    expect(Number.isInteger(points)).toBe(true)
    expect(to.getTime() - from.getTime()).toBe(hours * 3600_000)
    expect(to.getTime() - now.getTime()).toBeGreaterThan(0)
    expect(to.getTime() - now.getTime()).toBeLessThanOrEqual(minutesPerPoint * 60_000)
  })

  it('begin at even parts of an hour', () => {
    expect(lastHours(6, now).to.toISOString()).toBe('2030-01-01T10:10:00.000Z')
    expect(lastHours(24, now).to.toISOString()).toBe('2030-01-01T10:15:00.000Z')
  })
})
