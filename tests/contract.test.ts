import { expect, inject, it } from 'vitest'
import { check, people } from './schemathesis/check.ts'
import { schemathesisIfThere } from './schemathesis/tool.ts'

const python = schemathesisIfThere()
const hint = python === undefined ? ' (schemathesis is not here: `npm run test:contract` fetches it)' : ''

/** Examples and a few cases each; `npm run test:contract` is the long run, as everybody. */
it.runIf(python !== undefined)(
  `a customer is answered nothing that the OpenAPI document does not say${hint}`,
  async () => {
    const [customer] = people
    if (python === undefined || customer === undefined) throw new Error('nothing to run')
    const { good, output } = await check(python, inject('apiUrl'), customer, {
      phases: 'examples,fuzzing',
      examples: 3,
    })
    expect(good, output).toBe(true)
  },
  300_000,
)
