import { describe, expect, it } from 'vitest'
import { seeded, shuffled } from './seeded.ts'

describe('chance with a seed', () => {
  it('is the same for the same seed, and spread from 0 to 1', () => {
    const [one, again, other] = [seeded(1), seeded(1), seeded(2)]
    const drawn = Array.from({ length: 1_000 }, one)
    expect(Array.from({ length: 1_000 }, again)).toEqual(drawn)
    expect(Array.from({ length: 1_000 }, other)).not.toEqual(drawn)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    const mean = drawn.reduce((sum, each) => sum + each) / drawn.length
    expect(mean).toBeCloseTo(0.5, 1)
  })

  it('shuffles without losing anything', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(new Set(shuffled(seeded(1), items))).toEqual(new Set(items))
    expect(shuffled(seeded(1), items)).not.toEqual(items)
  })
})
