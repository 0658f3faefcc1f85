import { describe, expect, it } from 'vitest'
import { bucketOf, type Histogram, merged, quantile } from './histogram.ts'

function of(times: readonly number[]): Histogram {
  return merged(times.map((ms) => new Map([[bucketOf(ms), 1]])))
}

describe('buckets', () => {
  it('grow by the same factor: eight to each doubling', () => {
    for (const ms of [1, 3, 100, 1234, 86_400_000]) expect(bucketOf(2 * ms)).toBe(bucketOf(ms) + 8)
  })

  it('begin at a millisecond, for less and for clocks that went back too', () => {
    for (const ms of [1, 0, -5000]) expect(bucketOf(ms)).toBe(0)
  })
})

describe('a quantile', () => {
  const times = Array.from({ length: 1000 }, (_, n) => 100 + n * n)
  const exact = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0

  it.each([0.5, 0.95, 0.99, 1])('p%d is right to within a bucket', (part) => {
    const found = quantile(of(times), part) ?? 0
    expect(found / exact(part)).toBeGreaterThan(1 / 1.1)
    expect(found / exact(part)).toBeLessThan(1.1)
  })

  it('of one time is about that time', () => {
    const found = quantile(of([1500]), 0.5) ?? 0
    expect(Math.abs(found - 1500)).toBeLessThan(0.1 * 1500)
  })

  it('of parts put together is that of the whole', () => {
    const halves = [of(times.slice(0, 300)), of(times.slice(300))]
    expect(merged(halves)).toEqual(of(times))
  })

  it('of nothing is nothing', () => {
    expect(quantile(new Map(), 0.5)).toBeUndefined()
  })
})
