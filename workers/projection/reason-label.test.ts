import { expect, it } from 'vitest'
import { makeLabels, ownReasons } from './reason-label.ts'

it('makes only so many series, whatever codes a provider thinks of, and our own are among them', () => {
  const label = makeLabels(200)
  const labels = Array.from({ length: 300 }, (_, at) => label(`code ${at} of\nsomebody`))
  expect(labels[0]).toBe('code_0_of_somebody')
  expect(labels.at(-1)).toBe('other')
  expect(new Set(labels).size).toBeLessThanOrEqual(200)
  expect(Object.values(ownReasons).map(label)).toEqual(Object.values(ownReasons))
})
