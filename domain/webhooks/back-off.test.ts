import { describe, expect, it } from 'vitest'
import { mostTries, waitAfter } from './back-off.ts'

const all = (random: number): readonly number[] =>
  Array.from({ length: mostTries - 1 }, (_, index) => waitAfter(index + 1, 1, random) ?? Number.NaN)

describe('the pauses between tries', () => {
  it('begin with seconds, never get shorter, and end within a day', () => {
    expect(all(0)[0]).toBe(5_000)
    expect(all(0)).toEqual(all(0).toSorted((a, b) => a - b))
    const hours = all(0).reduce((sum, wait) => sum + wait, 0) / 3_600_000
    expect(hours).toBeGreaterThan(23)
    expect(hours).toBeLessThan(24)
  })

  it('are up to a fifth shorter by chance', () => {
    expect(waitAfter(3, 1, 0)).toBe(120_000)
    expect(waitAfter(3, 1, 0.5)).toBe(108_000)
    expect(waitAfter(3, 1, 1)).toBe(96_000)
  })

  it('are all scaled by one factor', () => expect(waitAfter(2, 0.01, 0)).toBe(300))
  it('end: there is none after the last try', () => expect(waitAfter(mostTries, 1, 0)).toBeUndefined())
})
