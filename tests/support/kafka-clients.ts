import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { connectBroker } from '../../events/broker.ts'
import type { RawMessage } from '../../events/envelope.ts'
import { connectKafka, withAdmin } from '../../events/kafka.ts'
import type { Batch, Broker, Consuming, OutgoingMessage, Producer } from '../../events/port.ts'
import { makeLog } from '../../platform/log.ts'
import type { Server } from '../../stack/server.ts'
import { startOwnKafka } from './own-kafka.ts'

export const clients = ['kafkajs', 'platformatic'] as const
export type Client = (typeof clients)[number]
export type Take = (batch: Batch) => Promise<boolean> | boolean

export const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')

/** A broker for this file's tests; what a test opens is closed after it, the latest first. */
export function useOwnKafka() {
  let started: Server | undefined
  const cleanups: (() => Promise<void>)[] = []
  beforeAll(async () => {
    started = await startOwnKafka()
  })
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  afterAll(() => started?.stop())

  function server(): Server {
    if (started === undefined) throw new Error('the broker has not been started')
    return started
  }
  const connect = (client: Client): Broker =>
    connectBroker({ KAFKA_BROKERS: server().address, KAFKA_CLIENT: client }, log, 'test')
  const kafka = () => connectKafka({ KAFKA_BROKERS: server().address }, log, 'test')

  return {
    server,
    connect,
    kafka,
    cleanups,
    newTopic: async (numPartitions = 3): Promise<string> => {
      const topic = `topic-${randomUUID()}`
      const topics = [{ topic, numPartitions }]
      await withAdmin(kafka(), (admin) => admin.createTopics({ topics, waitForLeaders: true }))
      return topic
    },
    newProducer: async (client: Client): Promise<Producer> => {
      const producer = await connect(client).producer()
      cleanups.push(() => producer.disconnect())
      return producer
    },
    /** Commits each batch that `take` says it has handled. */
    consume: async (client: Client, group: string, topic: string, take: Take): Promise<Consuming> => {
      const consuming = await connect(client).consume({
        group,
        topics: [topic],
        onRebalance: () => undefined,
        onCrash: (error) => {
          throw error
        },
        async eachBatch(batch) {
          const handled = await take(batch)
          const { partition, lastOffset } = batch
          if (handled) await batch.commit([{ topic, partition, offset: String(BigInt(lastOffset) + 1n) }])
          return handled
        },
      })
      cleanups.push(() => consuming.stop())
      return consuming
    },
    committed: async (group: string, topic: string) => {
      const [read] = await withAdmin(kafka(), (admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }))
      return read?.partitions ?? []
    },
  }
}

export const keys = ['order-a', 'order-b', 'order-c', 'order-d', 'order-e', 'order-f', 'order-g']
/** One message of each key for each number. */
export const numbered = (from: number, to: number): OutgoingMessage[] =>
  Array.from({ length: to - from }, (_, at) => from + at).flatMap((n) =>
    keys.map((key) => ({ key, value: `${key} ${String(n).padStart(4, '0')}` })),
  )
export const textOf = ({ value }: Pick<RawMessage, 'value'>): string => value?.toString() ?? ''
export const bodiesOf = (batch: Batch): readonly string[] => batch.messages.map(textOf)
/** Each value where it came first. */
export const firsts = (values: readonly string[]): readonly string[] => [...new Set(values)]
export const inOrder = (values: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(keys.map((key) => [key, values.filter((value) => value.startsWith(`${key} `))]))
/** All up to this number, by key. */
export const wanted = (to: number) => inOrder(numbered(0, to).map(({ value }) => String(value)))
export const newGroup = (): string => `group-${randomUUID()}`
export const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 20 })
