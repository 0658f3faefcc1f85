import { expect, it } from 'vitest'
import { nextDelay } from './back-off.ts'

it('doubles from 250 ms up to 5 s while a process keeps dying young', () => {
  const delays: number[] = []
  for (let exits = 0; exits < 7; exits += 1) delays.push(nextDelay(delays.at(-1), 100))
  expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
})

it('starts over for a process that had lived for 30 s', () => {
  expect(nextDelay(5_000, 29_999)).toBe(5_000)
  expect(nextDelay(5_000, 30_000)).toBe(250)
})
