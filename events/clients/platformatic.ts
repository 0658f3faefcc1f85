import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../platform/log.ts'
import type { BrokerConfig } from '../broker.ts'
import type { Broker } from '../port.ts'
import { joinAndConsume } from './platformatic-consumer.ts'
import { passes } from './platformatic-errors.ts'
import { startProducer } from './platformatic-producer.ts'

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

export type Connecting = { readonly clientId: string; readonly bootstrapBrokers: string[] }

/** The port on @platformatic/kafka. */
export function platformaticBroker(config: Pick<BrokerConfig, 'KAFKA_BROKERS'>, log: Log, clientId: string): Broker {
  const connecting: Connecting = { clientId, bootstrapBrokers: config.KAFKA_BROKERS.split(',') }
  return {
    producer: () => startProducer(connecting, log),
    consume: (options) => joinAndConsume(connecting, options, log),
  }
}

export type Patience = {
  /** Waits a little longer each time. @throws what it is given when waiting does not help, or has not helped. */
  readonly wait: (error: unknown, signal: AbortSignal) => Promise<void>
  readonly reset: () => void
}

/** What passes is waited out, however long it lasts; anything else gets a broker restart's time. */
export function makePatience(log: Log): Patience {
  let [waits, lasting] = [0, 0]
  return {
    async wait(error, signal) {
      if (!passes(error)) lasting += 1
      if (lasting > mostRetries) throw error
      log.warn({ err: error, waits }, 'the consumer starts again')
      const ms = pauseBefore(waits)
      waits += 1
      await pause(ms, undefined, { signal }).catch(() => undefined) // called off: whoever did knows why
    },
    reset: () => {
      waits = 0
      lasting = 0
    },
  }
}
