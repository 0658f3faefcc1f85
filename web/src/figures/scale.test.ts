import { describe, expect, it } from 'vitest'
import { labelled, stretches, ticksOfTime, ticksTo } from './scale.ts'

describe('an axis', () => {
  it.each([
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 50, 100]],
    [0.3, [0, 0.1, 0.2, 0.3]],
    [1, [0, 0.5, 1]],
    [0, [0, 1]],
  ])('up to %d has round numbers: %j', (highest, ticks) => {
    expect(ticksTo(highest)).toEqual(ticks)
  })

  it('of things that come whole has whole numbers only', () => {
    expect(ticksTo(1, true)).toEqual([0, 1])
    expect(ticksTo(0, true)).toEqual([0, 1])
    expect(ticksTo(3, true)).toEqual([0, 1, 2, 3])
  })

  it.each([
    [900, [0, 500, 1000]],
    [8_000, [0, 2_000, 4_000, 6_000, 8_000]],
    [240_000, [0, 60_000, 120_000, 180_000, 240_000]],
  ])('of times up to %d ms counts as people do: %j', (highest, ticks) => {
    expect(ticksOfTime(highest)).toEqual(ticks)
  })

  it.each(Array.from({ length: 60 }, (_, n) => (n + 1) * 13.7))(
    'up to %d ends above it and has few marks',
    (highest) => {
      for (const ticks of [ticksTo(highest), ticksTo(highest, true), ticksOfTime(highest)]) {
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }
    },
  )
})

it('times below the axis are round and no more than fit', () => {
  const points = Array.from({ length: 60 }, (_, n) => new Date(Date.UTC(2030, 0, 1, 9, 7 + n)).toISOString())
  const shown = labelled(points, 6).map((index) => points[index]?.slice(11, 16))
  expect(shown).toEqual(['09:10', '09:20', '09:30', '09:40', '09:50', '10:00'])
  expect(labelled(points, 3).length).toBeLessThanOrEqual(3)
  expect(labelled([], 6)).toEqual([])
})

it('a line is broken where nobody knows', () => {
  expect(stretches([1, 2, null, 0, null, null, 5])).toEqual([[0, 1], [3], [6]])
  expect(stretches([null])).toEqual([])
})
