import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { makeActivities } from '../../activities/index.ts'
import { connectBroker } from '../../events/broker.ts'
import { makePublisher } from '../../events/publisher.ts'
import { ordersTopic } from '../../events/topics.ts'
import type { Config } from '../../platform/config.ts'
import { dataConverterFor } from '../../platform/payload-codec.ts'
import { temporalAccess } from '../../platform/temporal-access.ts'
import { runProcess, untilItWorks } from '../process.ts'
import { installRuntime } from './runtime.ts'
import { makeSandboxLean } from './sandbox.ts'

await runProcess('temporal', async ({ config, log, giveUp, serveToo }) => {
  await installRuntime(config, log, serveToo)
  const producer = await untilItWorks(log, 'Kafka', connectBroker(config, log, 'temporal').producer)
  const publisher = makePublisher(producer, ordersTopic(config), log)
  const connection = await untilItWorks(log, 'Temporal', () => NativeConnection.connect(temporalAccess(config)))
  makeSandboxLean()
  const worker = await Worker.create({
    debugMode: true,
    ...versioning(config),
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TASK_QUEUE,
    dataConverter: dataConverterFor(config.PAYLOAD_KEYS),
    workflowBundle: { codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url)) },
    activities: makeActivities({ publisher }),
    shutdownGraceTime: '5s',
    // A workflow task holds its slot while its local activity publishes, up to 3 s while Kafka is away.
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 400,
    maxConcurrentActivityTaskExecutions: 400,
    maxCachedWorkflows: 500,
  })
  const running = worker.run()
  running.catch(giveUp)
  return async () => {
    worker.shutdown()
    await running
    await publisher.stop()
    await connection.close()
  }
})

/** Pinned: an order begun on a build ends on it; new ones begin on the build that was made current. */
function versioning({ WORKER_DEPLOYMENT: deploymentName, WORKER_BUILD_ID: buildId }: Config): Partial<WorkerOptions> {
  if (deploymentName === '') return {}
  if (buildId === '') throw new Error('WORKER_DEPLOYMENT is set: say with WORKER_BUILD_ID which build this is')
  const version = { deploymentName, buildId }
  return {
    workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED' },
  }
}
