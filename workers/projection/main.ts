import { connectBroker } from '../../events/broker.ts'
import { startDeadLetterReader } from '../../events/dead-letter-reader.ts'
import { makeRedriver } from '../../events/redrive.ts'
import { openDatabase } from '../../platform/database.ts'
import { openAtZero } from '../../platform/meters.ts'
import { consume } from '../participant/consume.ts'
import { runProcess, untilItWorks } from '../process.ts'
import { startRedriveRelay } from './dead-letters/relay.ts'
import { makeTake } from './dead-letters/take.ts'
import { expectedMeasures } from './expected-measures.ts'
import { makeProjection } from './project.ts'
import type { OrdersTables } from './tables.ts'

await runProcess('projection', async (context) => {
  const { config, log, giveUp } = context
  const database = openDatabase<OrdersTables>(config, 'orders')
  const broker = connectBroker(config, log, 'dead-letters')
  const producer = await untilItWorks(log, 'Kafka', broker.producer)
  const stopReader = await startDeadLetterReader({ broker, config, log, take: makeTake(database), onCrash: giveUp })
  const stopRelay = startRedriveRelay({ database, redriver: makeRedriver(producer, config), log })
  for (const expected of expectedMeasures()) openAtZero(expected)
  const stopConsumer = await consume(context, {
    name: 'projection',
    accepts: () => true,
    handle: makeProjection(database, { measured: config.METRICS_PORT > 0 }),
    gatherMs: 50,
    onDeadLetter: () => Promise.resolve(), // nobody asks the projection for anything: nobody to tell
  })
  return async () => {
    await Promise.all([stopConsumer(), stopReader(), stopRelay()])
    await producer.disconnect()
    await database.destroy()
  }
})
