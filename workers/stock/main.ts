import type { Kysely } from 'kysely'
import { isAwaiting } from '../../events/envelope.ts'
import { connectBroker } from '../../events/broker.ts'
import { makePublisher } from '../../events/publisher.ts'
import { stockLevelsTopic } from '../../events/topics.ts'
import { openDatabase } from '../../platform/database.ts'
import { startForgetting } from '../../platform/forgetting.ts'
import { openTemporal } from '../../platform/temporal-client.ts'
import { consume } from '../participant/consume.ts'
import { forgetEvents } from '../participant/forget.ts'
import { makeHandler, tellOfDeadLetter } from '../participant/handle.ts'
import { makeSignaller } from '../participant/signal.ts'
import type { ParticipantTables } from '../participant/tables.ts'
import { runProcess, untilItWorks } from '../process.ts'
import { makeFateOf } from './fate.ts'
import { startLoop } from './loop.ts'
import { startRelay } from './relay.ts'
import { makeWork } from './reservations.ts'
import { makeSweep } from './sweep.ts'
import type { StockTables } from './tables.ts'
import { startTelling } from './tell-served.ts'

const name = 'stock'
/** Older reservations are looked after: by then nearly every order has been dispatched or is over. */
const longHeldMs = 3_600_000

await runProcess(name, async (context) => {
  const { config, log } = context
  const database = openDatabase<StockTables>(config, name)
  const temporal = openTemporal(config)
  const signaller = makeSignaller(temporal.client, log)
  const producer = await untilItWorks(log, 'Kafka', connectBroker(config, log, 'stock-levels').producer)
  const publisher = makePublisher(producer, stockLevelsTopic(config), log)
  const relay = startRelay({ database, publisher, log })
  const telling = startTelling({ database, signaller, log })
  const sweep = makeSweep({ database, fateOf: makeFateOf(temporal.client), log, olderThanMs: longHeldMs })
  const sweeping = startLoop({
    what: 'the sweep of reservations',
    everyMs: config.RESERVATION_SWEEP_SECONDS * 1000,
    restMs: 0,
    work: async () => {
      await sweep()
      return false
    },
    log,
  })
  const keepMs = config.INBOX_KEPT_MINUTES * 60_000
  const stopForgetting = startForgetting({
    forget: [forgetEvents(database as unknown as Kysely<ParticipantTables>)],
    keepMs,
    log,
  })
  const stopConsumer = await consume(context, {
    name,
    accepts: (message) => isAwaiting(message, name),
    // an order that waits for goods is answered when it has them
    handle: makeHandler({
      name,
      database,
      signaller,
      log,
      work: makeWork(relay.wake, telling.wake),
      inboxKeptMs: keepMs,
      answersAtOnce: false,
    }),
    onDeadLetter: tellOfDeadLetter(name, signaller, log),
  })
  return async () => {
    await stopConsumer()
    await stopForgetting()
    await Promise.all([relay.stop(), telling.stop(), sweeping.stop()])
    await publisher.stop()
    await temporal.close()
    await database.destroy()
  }
})
