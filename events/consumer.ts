import type { EachBatchPayload } from 'kafkajs'
import type { RawMessage } from './envelope.ts'
import type { Kafka } from './kafka.ts'
import { type Commit, makeOffsets, type PlaceOffset } from './offsets.ts'
import { standstillNote } from './standstill.ts'
import { makeProcessor, type ProcessorOptions, type Stop } from './processor.ts'

export type ConsumerOptions = ProcessorOptions & {
  readonly kafka: Kafka
  readonly topic: string
  /** Read beside it: what failed before and is sent once more. None for a reader whose failures nobody redrives. */
  readonly redriveTopic?: string
  /** Named after its service. */
  readonly group: string
  /** The process has to end and be started again: kafkajs won't recover by itself. */
  readonly onCrash: (error: Error) => void
}

export type RunningConsumer = {
  /** Finishes the batch under way, commits, leaves the group. */
  readonly stop: () => Promise<void>
}

/** Reads a topic of events for one service. An offset is committed only after its event was handled. */
export async function startConsumer(options: ConsumerOptions): Promise<RunningConsumer> {
  const { kafka, group, log } = options
  const process = makeProcessor(options)
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    rebalanceTimeout: 20_000,
    maxWaitTimeInMs: 1_000,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
  })
  consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
    if (restart) return log.warn({ err: error }, 'the consumer starts again') // as while a broker gets ready
    log.error({ err: error }, 'the consumer crashed')
    options.onCrash(error)
  })
  const offsets = makeOffsets(log)
  consumer.on('consumer.rebalancing', offsets.forget)
  await consumer.connect()
  await consumer.subscribe({
    topics: [options.topic, ...(options.redriveTopic === undefined ? [] : [options.redriveTopic])],
    fromBeginning: true,
  })

  async function eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload
    const since = new Date().toISOString()
    const commit: Commit = (places) => payload.commitOffsetsIfNecessary({ topics: byTopic(places) })
    const stop: Stop = {
      requested: () => !payload.isRunning() || payload.isStale(),
      beat: () => payload.heartbeat(),
      waits: (error) => offsets.standsStill(batch, batch.firstOffset() ?? '0', standstillNote(since, error), commit),
    }
    const messages = batch.messages.map(({ key, value, headers, offset }): RawMessage => ({
      key,
      value,
      headers: headers ?? {},
      offset,
      partition: batch.partition,
      ...(batch.topic === options.redriveTopic && { redriven: true as const }),
    }))
    const handled = await process(messages, stop)
    if (!handled) return
    payload.resolveOffset(batch.lastOffset())
    await offsets.handled(batch, batch.lastOffset(), commit)
  }
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 3, eachBatch })
  return {
    async stop() {
      await offsets.hurry()
      await consumer.disconnect()
    },
  }
}

const byTopic = (places: readonly PlaceOffset[]) =>
  [...new Set(places.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: places
      .filter((place) => place.topic === topic)
      .map(({ partition, offset, metadata }) => ({ partition, offset, ...(metadata !== undefined && { metadata }) })),
  }))
