import type { Kysely } from 'kysely'
import { header, isAwaiting } from '../../events/envelope.ts'
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
import { openCarrier } from './carriers/open.ts'
import { makeMovements } from './movements.ts'
import { makeShippingRun, releaseConfirmed, rememberCancelled } from './run.ts'
import type { ShippingTables } from './tables.ts'
import { startUnheard } from './unheard.ts'
import { forgetWebhooks } from './webhooks/forget.ts'
import { startParked } from './webhooks/parked.ts'

const name = 'shipping'

await runProcess(name, async (context) => {
  const { config, log } = context
  const database = openDatabase<ShippingTables>(config, name)
  const temporal = openTemporal(config)
  const signaller = makeSignaller(temporal.client, log)
  const delivery = makeDelivery(database as unknown as Kysely<ParticipantTables>, signaller, log)
  const onMovement = makeMovements(database, delivery, log)
  const { carrier, reportsItself, stop: stopCarrier } = await openCarrier(config, { database, onMovement, log })
  const stopParked = startParked(database, delivery, log)
  const stopUnheard = reportsItself ? undefined : startUnheard({ database, carrier, onMovement, log })
  const runner = startRunner({
    database,
    run: makeShippingRun(database, carrier),
    rememberDone: async (tx, task) => {
      await rememberCancelled(tx, task, carrier.name)
      return { shipment: { status: 'cancelled' } }
    },
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
    accepts: (message) => isAwaiting(message, name) || header(message, 'ce_type') === 'order.confirmed',
    handle: makeHandler({
      name,
      database,
      signaller,
      log,
      work: runner.work,
      observe: async (tx, events) => ((await releaseConfirmed(tx, events)) ? runner.wake : undefined),
      inboxKeptMs: keepMs,
      answersAtOnce: false,
    }),
    onDeadLetter: tellOfDeadLetter(name, signaller, log),
  })
  return async () => {
    await stopConsumer()
    await stopForgetting()
    await runner.stop()
    await stopParked()
    await stopUnheard?.()
    await stopCarrier()
    await delivery.stop()
    await temporal.close()
    await database.destroy()
  }
})
