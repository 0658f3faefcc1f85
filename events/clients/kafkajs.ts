import { type Admin, type ConsumerConfig, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'
import type { Config } from '../../platform/config.ts'
import type { Log } from '../../platform/log.ts'
import { quietKafkajs } from '../quiet-kafkajs.ts'

quietKafkajs()

/**
 * The one place where kafkajs is set up. 30 retries outlast a broker's restart: with the default 5, two thirds of the
 * sends over one were lost.
 */
export function connectKafka(config: Pick<Config, 'KAFKA_BROKERS'>, log: Log, clientId: string): Kafka {
  return new Kafka({
    clientId,
    brokers: config.KAFKA_BROKERS.split(','),
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30 },
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, log: { message, timestamp: _timestamp, ...details } }) => {
        if (level === logLevel.ERROR) log.warn({ ...details, level }, `kafka: ${message}`)
        else log.debug({ ...details, level }, `kafka: ${message}`)
      },
  })
}

/** Of the groups that react to messages: an outage of seconds costs no membership, a dead member is missed after 10 s. */
export const groupSettings = {
  sessionTimeout: 10_000,
  heartbeatInterval: 1_000,
  rebalanceTimeout: 20_000,
  maxWaitTimeInMs: 1_000,
  allowAutoTopicCreation: false,
  retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
} satisfies Omit<ConsumerConfig, 'groupId'>

export const makeProducer = (kafka: Kafka): Producer =>
  kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false })

/** @returns what `use` returns; the admin connection lives as long as the call. */
export async function withAdmin<Result>(kafka: Kafka, use: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await use(admin)
  } finally {
    await admin.disconnect()
  }
}
