import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSystem } from '../../stack/system.ts'
import { runProgram } from '../../stack/terminal.ts'
import { check, people } from './check.ts'
import { obtainSchemathesis } from './tool.ts'

const report = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/**
 * `npm run test:contract`: schemathesis sends what the OpenAPI document allows, and what it does not, to a live API, as
 * a customer, as support and as an admin. Starts a system of its own, or takes one in demo mode: `-- --url URL`. Exit
 * code 1 where an answer is not as the document says.
 */
await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      as: { type: 'string' },
      phases: { type: 'string', default: 'examples,coverage,fuzzing' },
      /** Per operation, phase and person. */
      examples: { type: 'string', default: '15' },
    },
  })
  const python = await obtainSchemathesis(report)
  const own = values.url === undefined ? await startOwn() : undefined
  const url = values.url ?? own?.apiUrl ?? ''
  try {
    for (const person of people.filter(({ role }) => values.as === undefined || role === values.as)) {
      report(`\nAs ${person.role}`)
      const effort = { phases: values.phases, examples: Number(values.examples) }
      const { good } = await check(python, url, person, effort, (text) => process.stdout.write(text))
      if (!good) process.exitCode = 1
    }
  } finally {
    await own?.stop()
  }
})

/** Fast carrier, short waits: the run makes orders in every state. */
async function startOwn() {
  const logDir = mkdtempSync(join(tmpdir(), 'holdfast-contract-'))
  report(`starting a system; its logs: ${logDir}`)
  return startSystem({
    logDir,
    report,
    env: { DEMO: '1', CARRIER_DISPATCH_DELAY_MS: '300', CARRIER_DELIVERY_DELAY_MS: '300' },
  })
}
