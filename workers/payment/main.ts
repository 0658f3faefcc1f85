import type { Kysely } from 'kysely'
import { isAwaiting } from '../../events/envelope.ts'
import { openDatabase } from '../../platform/database.ts'
import { startForgetting } from '../../platform/forgetting.ts'
import { openTemporal } from '../../platform/temporal-client.ts'
import { consume } from '../participant/consume.ts'
import { makeDelivery } from '../participant/delivery.ts'
import { forgetEvents } from '../participant/forget.ts'
import { makeHandler, tellOfDeadLetter } from '../participant/handle.ts'
import { startRunner } from '../participant/runner.ts'
import { makeSignaller } from '../participant/signal.ts'
import type { ParticipantTables } from '../participant/tables.ts'
import { runProcess } from '../process.ts'
import { rememberDoneByHand } from './by-hand.ts'
import { openProvider } from './providers/open.ts'
import { makePaymentRun } from './run.ts'
import type { PaymentTables } from './tables.ts'
import { forgetWebhooks } from './webhooks/forget.ts'

const name = 'payment'

await runProcess(name, async (context) => {
  const { config, log } = context
  const database = openDatabase<PaymentTables>(config, name)
  const { provider, close } = await openProvider(config, database, log)
  const temporal = openTemporal(config)
  const signaller = makeSignaller(temporal.client, log)
  const delivery = makeDelivery(database as unknown as Kysely<ParticipantTables>, signaller, log)
  const runner = startRunner({
    database,
    run: makePaymentRun(database, provider),
    rememberDone: rememberDoneByHand,
    delivery,
    log,
    callTimeoutMs: config.PROVIDER_TIMEOUT_SECONDS * 1000,
  })
  const keepMs = config.INBOX_KEPT_MINUTES * 60_000
  const stopForgetting = startForgetting({
    forget: [forgetEvents(database as unknown as Kysely<ParticipantTables>), ...forgetWebhooks(database)],
    keepMs,
    log,
  })
  const stopConsumer = await consume(context, {
    name,
    accepts: (message) => isAwaiting(message, name),
    handle: makeHandler({
      name,
      database,
      signaller,
      log,
      work: runner.work,
      inboxKeptMs: keepMs,
      answersAtOnce: false,
    }),
    onDeadLetter: tellOfDeadLetter(name, signaller, log),
  })
  return async () => {
    await stopConsumer()
    await stopForgetting()
    await runner.stop()
    await close()
    await delivery.stop()
    await temporal.close()
    await database.destroy()
  }
})
