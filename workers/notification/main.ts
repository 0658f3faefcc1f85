import { connectKafka, makeProducer } from '../../events/kafka.ts'
import { startLaneReader } from '../../events/lane-reader.ts'
import { makePublisher } from '../../events/publisher.ts'
import { type Lane, lanes, laneTopic } from '../../events/topics.ts'
import { openDatabase } from '../../platform/database.ts'
import { startForgetting } from '../../platform/forgetting.ts'
import { openMailer } from '../../platform/mail.ts'
import { consume } from '../participant/consume.ts'
import { runProcess, untilItWorks } from '../process.ts'
import type { AddressTables } from './address-book.ts'
import { startCampaigns } from './campaigns.ts'
import { forgetMessages } from './forget.ts'
import { isRead, makeIntake } from './intake.ts'
import { startSender } from './sender.ts'
import type { NotificationTables } from './tables.ts'
import { makeTakeOff } from './take-off.ts'

const day = 24 * 3_600_000

/** Events become messages on a lane; what comes off the lanes goes into the table, and from there out. */
await runProcess('notification', async (context) => {
  const { config, log, giveUp } = context
  const database = openDatabase<NotificationTables>(config, 'notification')
  const identity = openDatabase<AddressTables>(config, 'identity', 1)
  const kafka = connectKafka(config, log, 'notification-lanes')
  const producer = makeProducer(kafka)
  await untilItWorks(log, 'Kafka', () => producer.connect())
  const publishers: Readonly<Record<Lane, ReturnType<typeof makePublisher>>> = {
    realtime: makePublisher(producer, laneTopic(config, 'realtime'), log),
    bulk: makePublisher(producer, laneTopic(config, 'bulk'), log),
  }
  const mailer = openMailer(config, config.NOTIFICATION_CONNECTIONS)
  const sender = startSender({
    database,
    identity,
    mailer,
    mailFrom: config.MAIL_FROM,
    publicUrl: config.PUBLIC_URL,
    log,
    perSecond: config.NOTIFICATIONS_PER_SECOND,
    connections: config.NOTIFICATION_CONNECTIONS,
  })
  const stopCampaigns = startCampaigns(database, publishers.bulk, log)
  const keepMs = config.NOTIFICATION_LOG_DAYS * day
  const stopForgetting = startForgetting({ forget: [forgetMessages(database)], keepMs, log })
  const stopReaders = await Promise.all(
    lanes.map((lane) =>
      startLaneReader({
        kafka,
        config,
        lane,
        log,
        take: makeTakeOff({ database, lane, keepMs, log, wake: sender.wake }),
        onCrash: giveUp,
      }),
    ),
  )
  const stopConsumer = await consume(context, {
    name: 'notification',
    accepts: isRead,
    handle: makeIntake(database, publishers.realtime, keepMs),
    gatherMs: 250,
    onDeadLetter: () => Promise.resolve(), // no order waits for a message
  })
  return async () => {
    await stopConsumer()
    await Promise.all(stopReaders.map((stop) => stop()))
    await Promise.all([sender.stop(), stopCampaigns(), stopForgetting()])
    mailer?.close()
    await publishers.realtime.stop()
    await Promise.all([database.destroy(), identity.destroy()])
  }
})
