import { expect, it } from 'vitest'
import { slope } from './slope.ts'

it('is that of the line, however far the points scatter around it evenly', () => {
  const line = [[0, 5], [1, 8], [2, 11]] as const // prettier-ignore
  const scattered = [[0, 6], [1, 3], [1, 5], [2, 6], [2, 2], [0, 2]] as const // prettier-ignore
  expect(slope(line)).toBeCloseTo(3)
  expect(slope(scattered)).toBeCloseTo(0)
})

it('is 0 where there is no line', () => {
  expect(slope([])).toBe(0)
  expect(slope([[1, 7]])).toBe(0)
  expect(slope([[1, 7], [1, 9]])).toBe(0) // prettier-ignore
})
