import { expect, it } from 'vitest'
import { makePace } from './pace.ts'

/** How many may go until then, asked every millisecond. */
function goneBy(perSecond: number, untilMs: number): number {
  let clock = 0
  let gone = 0
  const pace = makePace(perSecond, () => clock)
  for (; clock < untilMs; clock += 1) {
    while (pace.waitMs() === 0) {
      pace.take()
      gone += 1
    }
  }
  return gone
}

it.each([1, 20, 100, 500])(
  'lets no more than %i go in a second, but for a tenth of a second at its beginning',
  (rate) => {
    const allowed = rate * 10
    expect(goneBy(rate, 10_000)).toBeGreaterThanOrEqual(allowed)
    expect(goneBy(rate, 10_000)).toBeLessThanOrEqual(allowed + rate / 10 + 1)
  },
)

it('does not make up for a pause', () => {
  let clock = 0
  const pace = makePace(10, () => clock)
  pace.take()
  clock = 60_000
  expect(pace.waitMs()).toBe(0)
  pace.take()
  expect(pace.waitMs()).toBe(100)
})
