import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import { makeActivities } from '../../activities/index.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { connectKafka, makeProducer } from '../../events/kafka.ts'
import { makePublisher } from '../../events/publisher.ts'
import { ordersTopic } from '../../events/topics.ts'
import { readConfig } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'

/**
 * A workflow worker that publishes like the real one, but after an event of the type in HANG_AFTER never says that it
 * has: the moment in which a killed worker leaves an event on the topic that is in no history.
 */
const config = readConfig()
const log = makeLog(config, 'hanging-worker')
const producer = makeProducer(connectKafka(config, log, 'hanging-worker'))
await producer.connect()
const { publishEvents } = makeActivities({ publisher: makePublisher(producer, ordersTopic(config), log) })

const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS }),
  namespace: config.TEMPORAL_NAMESPACE,
  taskQueue: config.TASK_QUEUE,
  workflowBundle: { codePath: fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url)) },
  activities: {
    async publishEvents(events: readonly OrderEvent[]): Promise<void> {
      await publishEvents(events)
      if (!events.some(({ type }) => type === process.env['HANG_AFTER'])) return
      process.stdout.write('published\n')
      await new Promise(() => undefined)
    },
  },
})
process.stdout.write('running\n')
await worker.run()
