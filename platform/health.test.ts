import { expect, it } from 'vitest'
import { readiness } from './health.ts'

it('names every dependency, counts a silent one as broken and tells why to the log only', async () => {
  const errors: string[] = []
  const result = await readiness(
    {
      good: () => Promise.resolve(),
      broken: () => Promise.reject(new Error('refused')),
      silent: () => new Promise<void>(() => undefined),
    },
    (name, error) => errors.push(`${name}: ${error instanceof Error ? error.message : ''}`),
    20,
  )
  expect(result).toEqual({ ready: false, checks: { good: 'ok', broken: 'error', silent: 'error' } })
  expect(errors.toSorted()).toEqual(['broken: refused', 'silent: no answer within 20 ms'])
})
