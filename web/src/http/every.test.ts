import { expect, it } from 'vitest'
import { every } from './every.ts'

it('gives the list as it was written; what is missing or too many is a type error', () => {
  const all = every<'on' | 'off'>()
  expect(all(['off', 'on'])).toEqual(['off', 'on'])
  // @ts-expect-error lacks `off`
  all(['on'])
  // @ts-expect-error `half` is none of them
  all(['on', 'off', 'half'])
})
