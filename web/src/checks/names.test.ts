import { expect, it } from 'vitest'
import { invariants } from '../../../verify/invariants.ts'
import { checkNames } from './names.ts'

it('knows every invariant by its name, in their order', () => {
  expect(checkNames).toEqual(invariants.map(({ name }) => name))
})
