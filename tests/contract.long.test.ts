import { expect, it } from 'vitest'
import { check, people } from './schemathesis/check.ts'
import { schemathesisIfThere } from './schemathesis/tool.ts'
import { startOwnSystem } from './support/own-system.ts'

const python = schemathesisIfThere()
const hint = python === undefined ? ' (schemathesis is not here: `npm run test:contract` fetches it)' : ''

/** Examples and a few cases each; `npm run test:contract` is the long run, as everybody. */
it.runIf(python !== undefined)(
  `a customer is answered nothing that the OpenAPI document does not say${hint}`,
  async () => {
    const [customer] = people
    if (python === undefined || customer === undefined) throw new Error('nothing to run')
    // of its own: what it tries locks accounts for a minute
    const system = await startOwnSystem()
    try {
      const options = { phases: 'examples,fuzzing', examples: 3 }
      const { good, output } = await check(python, system.apiUrl, customer, options)
      expect(good, output).toBe(true)
    } finally {
      await system.stop()
    }
  },
  300_000,
)
