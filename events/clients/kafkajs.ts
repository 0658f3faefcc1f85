import {
  type Admin,
  type ConsumerConfig,
  Kafka,
  logLevel,
  Partitioners,
  type Producer,
  type SASLOptions,
} from 'kafkajs'
import type { Log } from '../../platform/log.ts'
import { quietKafkajs } from '../quiet-kafkajs.ts'
import { type Access, type KafkaAccess, kafkaAccess } from './access.ts'

quietKafkajs()

/** With the library's 5, two thirds of the sends over a broker's restart were lost. */
const outlastsRestart = 30

/**
 * The one place where kafkajs is set up.
 * @param retries fewer for who wants to know at once what is wrong.
 */
export function connectKafka(config: KafkaAccess, log: Log, clientId: string, retries = outlastsRestart): Kafka {
  const { brokers, tls, sasl } = kafkaAccess(config)
  return new Kafka({
    clientId,
    brokers,
    ...(tls !== undefined && { ssl: { ...tls } }),
    ...(sasl !== undefined && { sasl: saslOf(sasl) }),
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries },
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

/** Each mechanism is a type of its own to kafkajs. */
function saslOf({ mechanism, username, password }: NonNullable<Access['sasl']>): SASLOptions {
  if (mechanism === 'plain') return { mechanism, username, password }
  if (mechanism === 'scram-sha-256') return { mechanism, username, password }
  return { mechanism, username, password }
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
