import { parseArgs } from 'node:util'
import { readConfig } from '../platform/config.ts'
import { promote } from './promoting.ts'
import { readStackFile } from './stack-file.ts'
import { givenSettings, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/** `npm run worker:promote -- --deployment NAME --build ID`: new orders begin on this build from now on. */
await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      at: { type: 'string' },
      namespace: { type: 'string' },
      deployment: { type: 'string' },
      build: { type: 'string' },
    },
  })
  const given = { ...readStackFile(usualDataDir())?.env, ...givenSettings() }
  const address = values.at ?? given['TEMPORAL_ADDRESS']
  const deploymentName = values.deployment ?? given['WORKER_DEPLOYMENT']
  const buildId = values.build ?? given['WORKER_BUILD_ID']
  if (!address || !deploymentName || !buildId) {
    throw new Error('Say which: npm run worker:promote -- --at HOST:PORT --deployment NAME --build ID')
  }
  await promote({
    access: { ...readConfig(given), TEMPORAL_ADDRESS: address },
    namespace: values.namespace ?? given['TEMPORAL_NAMESPACE'] ?? 'default',
    deploymentName,
    buildId,
  })
  console.log(
    `New orders begin on build ${buildId} of ${deploymentName}; those under way end on the build they began on.`,
  )
})
