import { isIP } from 'node:net'
import type { BaseOptions } from '@platformatic/kafka'
import { type KafkaAccess, kafkaAccess } from './access.ts'

/** Where @platformatic/kafka is set up, as far as it can be the same as kafkajs in `kafkajs.ts`. */

/** As with kafkajs: 30 retries outlast a broker's restart. */
export const mostRetries = 30
export const pauseBefore = (retry: number): number => Math.min(2_000, 100 * 2 ** Math.min(retry, 5))

const common = { connectTimeout: 3_000, metadataMaxAge: 300_000, autocreateTopics: false }

/** Tries again itself: the library takes a request without an answer for an error that never passes. */
export const producerSettings = { ...common, requestTimeout: 15_000, timeout: 15_000, retries: 0 }

export const consumerSettings = {
  ...common,
  /** Joining a group takes as long as its slowest member, which is the rebalance timeout. */
  requestTimeout: 25_000,
  retries: 3,
  retryDelay: (_client: unknown, _operation: string, attempt: number) => pauseBefore(attempt),
  maxWaitTime: 1_000,
  minBytes: 1,
  maxBytes: 10 * 1_048_576,
}

export const groupSettings = {
  sessionTimeout: 10_000,
  heartbeatInterval: 1_000,
  rebalanceTimeout: 20_000,
  /** As kafkajs names it, so that processes with either client can share a group. */
  protocols: [{ name: 'RoundRobinAssigner', version: 1 }],
}

export const maxBytesPerPartition = 1_048_576

export type Connecting = Pick<BaseOptions, 'clientId' | 'bootstrapBrokers' | 'tls' | 'tlsServerName' | 'sasl'>

const mechanisms = { plain: 'PLAIN', 'scram-sha-256': 'SCRAM-SHA-256', 'scram-sha-512': 'SCRAM-SHA-512' } as const

/** What a broker is named by goes to it as the name that is wanted; a number is not a name. */
const isByNumber = (broker: string): boolean => isIP(broker.replace(/:\d+$/, '')) !== 0

export function connectingBy(config: KafkaAccess, clientId: string): Connecting {
  const { brokers, tls, sasl } = kafkaAccess(config)
  return {
    clientId,
    bootstrapBrokers: brokers,
    ...(tls !== undefined && { tls: { ...tls }, tlsServerName: !brokers.every(isByNumber) }),
    ...(sasl !== undefined && { sasl: { ...sasl, mechanism: mechanisms[sasl.mechanism] } }),
  }
}
