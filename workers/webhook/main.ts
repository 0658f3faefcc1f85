import { openDatabase } from '../../platform/database.ts'
import { startForgetting } from '../../platform/forgetting.ts'
import { openTemporal } from '../../platform/temporal-client.ts'
import { consume } from '../participant/consume.ts'
import { runProcess } from '../process.ts'
import { makeActivities } from './deliver.ts'
import { forgetDeliveries } from './deliveries.ts'
import { startDelivery } from './start-delivery.ts'
import type { WebhookTables } from './tables.ts'
import { makeTake } from './take.ts'
import { targetRulesOf } from './targets.ts'
import { startTemporalWorker } from './temporal-worker.ts'

const name = 'webhook'
const day = 24 * 3_600_000

await runProcess(name, async (context) => {
  const { config, log } = context
  const database = openDatabase<WebhookTables>(config, name)
  const temporal = openTemporal(config)
  const keepMs = config.WEBHOOK_LOG_DAYS * day
  const timeScale = config.WEBHOOK_TIME_SCALE
  const activities = makeActivities({
    database,
    keys: config.PAYLOAD_KEYS,
    targets: targetRulesOf(config),
    breaker: { mostFailures: config.WEBHOOK_BREAKER_FAILURES, scale: timeScale },
    timeoutMs: config.WEBHOOK_TIMEOUT_SECONDS * 1000,
  })
  const stopWorker = await startTemporalWorker(context, activities)
  const stopForgetting = startForgetting({ forget: [forgetDeliveries(database)], keepMs, log })
  const settings = { taskQueue: config.TASK_QUEUE, timeScale }
  const stopConsumer = await consume(context, {
    name,
    accepts: () => true,
    handle: makeTake({
      database,
      keepMs,
      publicUrl: config.PUBLIC_URL,
      start: (delivery) => startDelivery(temporal.client, delivery, settings),
    }),
    gatherMs: 250,
    onDeadLetter: () => Promise.resolve(), // nobody in the saga waits for a webhook
  })
  return async () => {
    await stopConsumer()
    await stopForgetting()
    await stopWorker()
    await temporal.close()
    await database.destroy()
  }
})
