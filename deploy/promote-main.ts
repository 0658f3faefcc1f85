import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { promote } from '../stack/promoting.ts'

/** For a rollout: new orders begin on the build that WORKER_DEPLOYMENT and WORKER_BUILD_ID name, once its workers are there. */
const config = readConfig()
const { WORKER_DEPLOYMENT: deploymentName, WORKER_BUILD_ID: buildId, TEMPORAL_NAMESPACE: namespace } = config
const log = makeLog(config, 'promote')
if (deploymentName === '') {
  log.info('WORKER_DEPLOYMENT is not set: workers are not versioned, and there is nothing to promote')
} else {
  await promote({ access: config, namespace, deploymentName, buildId })
  log.info({ deploymentName, buildId }, 'new orders begin on this build')
}
