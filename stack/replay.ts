import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../platform/config.ts'
import { build } from './build.ts'
import { replayFrom } from './replaying.ts'
import { readStackFile } from './stack-file.ts'
import { givenSettings, projectDir, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/**
 * `npm run replay -- --from HOST:PORT`: before a deployment, whether the workflows of a live server go on under the code
 * as it is here. Without an address: those of the stack that runs here. Exit code 1 if one does not.
 */
await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      namespace: { type: 'string' },
      /** So many of the workflows that closed last, beside all open ones. */
      recent: { type: 'string', default: '200' },
    },
  })
  const given = givenSettings()
  const stack = readStackFile(usualDataDir(given))
  const address = values.from ?? stack?.env['TEMPORAL_ADDRESS'] ?? given['TEMPORAL_ADDRESS']
  if (address === undefined)
    throw new Error('Nothing is running here. Say from where: npm run replay -- --from HOST:PORT')
  const config = readConfig({ ...stack?.env, ...given, TEMPORAL_ADDRESS: address })
  const keys = config.PAYLOAD_KEYS
  await build((line) => console.log(line))
  const code = readFileSync(join(projectDir, 'dist', 'workflow-bundle.js'), 'utf8')
  const namespace = values.namespace ?? stack?.env['TEMPORAL_NAMESPACE'] ?? given['TEMPORAL_NAMESPACE'] ?? 'default'
  const recent = Number(values.recent)
  let good = 0
  let bad = 0
  for await (const { workflowId, error } of replayFrom({ access: config, namespace, recent, code, keys })) {
    if (error === undefined) good += 1
    else {
      bad += 1
      console.log(`${workflowId}: ${error.message.split('\n')[0]}`)
    }
  }
  console.log(
    bad === 0
      ? `All ${good} workflows of ${address} replay: this code may be deployed.`
      : `${bad} of ${good + bad} workflows of ${address} do not replay: they would stand still. Don't deploy this code.`,
  )
  if (bad > 0) process.exitCode = 1
})
