import { type Log, makeLog } from '../../platform/log.ts'
import { connectBroker } from '../broker.ts'
import { startConsumer } from '../consumer.ts'
import { makeDeadLetters } from '../dead-letters.ts'
import type { RawMessage } from '../envelope.ts'
import { type Admin, connectKafka, type KafkaAccess, withAdmin } from '../kafka.ts'
import { deadLetterTopic, groupName, groups, ordersTopic } from '../topics.ts'
import { type Inbox, noInbox } from './inbox.ts'
import { type Counts, makeTakeIn, type TakeIn } from './take-in.ts'

type Common<Tx> = Omit<TakeIn<Tx>, 'inbox'> & {
  /** Comma-separated `host:port` list. */
  readonly brokers: string
  /** What the system puts before its topics and groups. Default: nothing. */
  readonly prefix?: string
  /** TLS and how to sign in, under the names of Holdfast's own settings: `{ KAFKA_TLS: true, ... }`. Default: neither. */
  readonly access?: Omit<KafkaAccess, 'KAFKA_BROKERS'>
  /** After a message was put among the dead letters. */
  readonly onDeadLetter?: (message: RawMessage, error: unknown) => Promise<void> | void
  /** The process has to end and be started again. */
  readonly onCrash: (error: Error) => void
  /** Default: JSON lines to standard output, from `info` on. */
  readonly log?: Log
}

export type ConsumeOptions<Tx> = Common<Tx> & { readonly inbox: Inbox<Tx> }

export type Consuming = {
  readonly counts: () => Counts & { readonly deadLetters: number }
  /** Finishes what is under way, commits, leaves the group. */
  readonly stop: () => Promise<void>
}

/** Without an inbox: every event at least once, and nobody notices a gap. */
export function consume(options: Common<undefined> & { readonly inbox?: undefined }): Promise<Consuming>
/**
 * Reads the topic `orders` from its beginning, for one group. An order's events come in their sequence; each is handled
 * once as far as the inbox's transaction reaches. What a handler throws is judged: an outage is waited out with the
 * order kept, what can't be understood or keeps failing alone goes to the topic `orders.<group>.dlt`.
 * @throws if the group is one of Holdfast's own, or the inbox or Kafka can't be reached at the start.
 */
export function consume<Tx>(options: ConsumeOptions<Tx>): Promise<Consuming>
export function consume<Tx>(options: ConsumeOptions<Tx> | (Common<undefined> & { readonly inbox?: undefined })) {
  return options.inbox === undefined ? start({ ...options, inbox: noInbox }) : start(options)
}

async function start<Tx>(options: ConsumeOptions<Tx>): Promise<Consuming> {
  const { group, brokers, onCrash, onDeadLetter } = options
  if (groups.some((own) => own === group)) throw new Error(`${group} is a group of Holdfast's own: take another name`)
  const log = options.log ?? makeLog({ LOG_LEVEL: 'info' }, group)
  const system = { KAFKA_CLIENT: 'kafkajs', KAFKA_PREFIX: options.prefix ?? '' } as const
  const config = { ...options.access, ...system, KAFKA_BROKERS: brokers }
  await options.inbox.prepare()
  await withAdmin(connectKafka(config, log, group), (admin) => ensureTopic(admin, deadLetterTopic(config, group)))
  const broker = connectBroker(config, log, group)
  const producer = await broker.producer()
  const { takeIn, counts } = makeTakeIn({
    ...options,
    onGap: (event) => {
      log.error({ event: event.id }, 'the event before this one has not come')
      options.onGap?.(event)
    },
    onAltered: (event) => {
      log.error({ event: event.id }, 'the same event id came with other content')
      options.onAltered?.(event)
    },
  })
  let deadLetters = 0
  const consumer = await startConsumer({
    broker,
    topic: ordersTopic(config),
    group: groupName(config, group),
    accepts: () => true, // a gap shows only to whoever looks at every event
    handle: takeIn,
    async onDeadLetter(message, error) {
      deadLetters += 1
      await onDeadLetter?.(message, error)
    },
    deadLetters: makeDeadLetters(producer, config, group),
    log,
    onCrash,
  })
  return {
    counts: () => ({ ...counts(), deadLetters }),
    async stop() {
      await consumer.stop()
      await producer.disconnect()
    },
  }
}

/** With the cluster's own replication. */
async function ensureTopic(admin: Admin, topic: string): Promise<void> {
  const configEntries = [{ name: 'retention.ms', value: '-1' }]
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: -1, configEntries }] })
}
