import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import type { WebhookActivities } from '../../domain/webhooks/delivery.ts'
import { dataConverterFor } from '../../platform/payload-codec.ts'
import { temporalAccess } from '../../platform/temporal-access.ts'
import { webhookTaskQueue } from '../../workflows/messages.ts'
import { type ProcessContext, untilItWorks } from '../process.ts'
import { installRuntime } from '../temporal/runtime.ts'
import { makeSandboxLean } from '../temporal/sandbox.ts'

/**
 * Runs the deliveries' workflows and their activity on a task queue of their own. Small: workflows wait for hours, and
 * one that is not in memory is read again when its timer rings. @returns what stops it.
 */
export async function startTemporalWorker(
  { config, log, giveUp, serveToo }: ProcessContext,
  activities: WebhookActivities,
): Promise<() => Promise<void>> {
  await installRuntime(config, log, serveToo)
  const connection = await untilItWorks(log, 'Temporal', () => NativeConnection.connect(temporalAccess(config)))
  makeSandboxLean()
  const worker = await Worker.create({
    debugMode: true,
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: webhookTaskQueue(config.TASK_QUEUE),
    dataConverter: dataConverterFor(config.PAYLOAD_KEYS),
    workflowBundle: { codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url)) },
    activities: { ...activities },
    shutdownGraceTime: '5s',
    // four of them for workflows that begin: with one, a busy server gives each its turn only after the one before
    maxConcurrentWorkflowTaskPolls: 5,
    nonStickyToStickyPollRatio: 0.8,
    maxConcurrentActivityTaskPolls: 1,
    // each waits for somebody else's server, most of its time: at the first try within the workflow's task
    maxConcurrentWorkflowTaskExecutions: 50,
    maxConcurrentLocalActivityExecutions: 50,
    maxConcurrentActivityTaskExecutions: 50,
    maxCachedWorkflows: 60,
  })
  const running = worker.run()
  running.catch(giveUp)
  return async () => {
    worker.shutdown()
    await running
    await connection.close()
  }
}
