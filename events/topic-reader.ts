import { randomUUID } from 'node:crypto'
import type { EachBatchPayload } from 'kafkajs'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { fromMessage, type ReceivedEvent } from './envelope.ts'
import { makeGathering, manyPartitions } from './gather.ts'
import { connectKafka } from './kafka.ts'
import { ordersTopic } from './topics.ts'

/** By partition: the offset that is read next. */
export type Positions = ReadonlyMap<number, number>

/** Events of one partition in order, and where the partition goes on behind them. */
export type TopicBatch = {
  readonly partition: number
  readonly events: readonly {
    readonly offset: number
    readonly event: ReceivedEvent
    /** When it was put on the topic. */
    readonly publishedAt: string
  }[]
  readonly next: number
  /** To be called every few seconds while the batch waits for something. @throws when the reader has to begin anew. */
  readonly beat: () => Promise<void>
}

type Options = {
  readonly config: Config
  readonly log: Log
  /** Of the consumer group, which is made for this reader and deleted at its end. */
  readonly name: string
  readonly from: Positions
  /** So long after a batch began, no other is fetched; `take` is called for several partitions at a time then. */
  readonly gatherMs?: number
  /** May be given the same events again, after a rebalance. A batch at which it throws is read again. */
  readonly take: (batch: TopicBatch) => Promise<void>
  /** It reads no more; stop it and start another. */
  readonly onCrash: (error: Error) => void
}

/**
 * Reads all partitions of the topic of orders from given places on, for somebody who keeps nothing of it: no offset is
 * committed, and what can't be read is left out, as its consumers leave it out.
 * @returns what stops it.
 */
export async function startTopicReader(options: Options): Promise<() => Promise<void>> {
  const { config, log, from, take, gatherMs = 0 } = options
  const gather = makeGathering(gatherMs)
  const kafka = connectKafka(config, log, options.name)
  const topic = ordersTopic(config)
  const group = `${config.KAFKA_PREFIX}${options.name}-${randomUUID()}`
  const places = new Map(from)
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: 30_000,
    heartbeatInterval: 3_000,
    // the broker answers as soon as there is an event
    maxWaitTimeInMs: 1_000,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30, restartOnFailure: () => Promise.resolve(false) },
  })
  consumer.on('consumer.crash', ({ payload: { error } }) => options.onCrash(error))
  // also after a rebalance: there is no committed offset to go on from
  consumer.on('consumer.group_join', () => {
    for (const [partition, offset] of places) consumer.seek({ topic, partition, offset: String(offset) })
  })

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload
    if (!payload.isRunning() || payload.isStale()) return
    const gathered = gather()
    const { partition } = batch
    const place = places.get(partition) ?? 0
    const events: TopicBatch['events'][number][] = []
    for (const { key, value, headers = {}, offset, timestamp } of batch.messages) {
      if (Number(offset) < place) continue
      try {
        const event = fromMessage({ key, value, headers, offset, partition })
        events.push({ offset: Number(offset), event, publishedAt: new Date(Number(timestamp)).toISOString() })
      } catch (error) {
        log.debug({ err: error, partition, offset }, 'not an event; left out')
      }
    }
    const next = Number(batch.lastOffset()) + 1
    await take({ partition, events, next, beat: () => payload.heartbeat() })
    places.set(partition, next)
    payload.resolveOffset(batch.lastOffset())
    await gathered()
  }

  async function stop(): Promise<void> {
    await consumer.disconnect()
    const admin = kafka.admin({ retry: { retries: 1 } })
    await admin.connect()
    try {
      await admin.deleteGroups([group])
    } finally {
      await admin.disconnect()
    }
  }

  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: false })
    const partitionsConsumedConcurrently = gatherMs > 0 ? manyPartitions : 1
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently, eachBatch })
  } catch (error) {
    await consumer.disconnect()
    throw error
  }
  return stop
}

/** Where the topic ends now, and where it was at some earlier times. @throws while Kafka is away. */
export async function findPositions(
  config: Config,
  log: Log,
  times: readonly Date[],
): Promise<{ readonly ends: Positions; readonly at: readonly Positions[] }> {
  const topic = ordersTopic(config)
  const admin = connectKafka(config, log, 'positions').admin({ retry: { retries: 1 } })
  await admin.connect()
  try {
    const ends = await admin.fetchTopicOffsets(topic)
    const at = await Promise.all(times.map((time) => admin.fetchTopicOffsetsByTimestamp(topic, time.getTime())))
    return { ends: new Map(ends.map(({ partition, high }) => [partition, Number(high)])), at: at.map(toPositions) }
  } finally {
    await admin.disconnect()
  }
}

const toPositions = (offsets: readonly { readonly partition: number; readonly offset: string }[]): Positions =>
  new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]))
