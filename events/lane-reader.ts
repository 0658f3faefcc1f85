import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import type { Kafka } from './kafka.ts'
import { type Lane, laneGroup, laneTopic } from './topics.ts'

export type LaneMessage = { readonly value: Buffer | null; /** ISO. */ readonly publishedAt: string }

type LaneOptions = {
  readonly kafka: Kafka
  readonly config: Config
  readonly lane: Lane
  readonly log: Log
  /** In the order of each key; may be given the same again. Whatever it throws is waited out. */
  readonly take: (messages: readonly LaneMessage[]) => Promise<void>
  readonly onCrash: (error: Error) => void
}

/** A campaign may wait for a moment; each wait of an idle reader costs a request at its end. */
const longestWaitMs: Readonly<Record<Lane, number>> = { realtime: 1_000, bulk: 5_000 }

const read = ({ value, timestamp }: { readonly value: Buffer | null; readonly timestamp: string }): LaneMessage => ({
  value,
  publishedAt: new Date(Number(timestamp)).toISOString(),
})

/** Reads one lane of the notifications. @returns what stops it. */
export async function startLaneReader(options: LaneOptions): Promise<() => Promise<void>> {
  const { kafka, config, lane, log, take } = options
  const consumer = kafka.consumer({
    groupId: laneGroup(config, lane),
    sessionTimeout: 15_000,
    heartbeatInterval: 3_000,
    rebalanceTimeout: 20_000,
    maxWaitTimeInMs: longestWaitMs[lane],
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
  })
  consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
    if (restart) return log.warn({ err: error, lane }, 'the reader of a lane starts again')
    log.error({ err: error, lane }, 'the reader of a lane crashed')
    options.onCrash(error)
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [laneTopic(config, lane)], fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommitInterval: 500,
    eachBatch: async (payload) => {
      const { batch } = payload
      for (let tries = 0; payload.isRunning() && !payload.isStale(); tries += 1) {
        try {
          await take(batch.messages.map(read))
          payload.resolveOffset(batch.lastOffset())
          return await payload.commitOffsetsIfNecessary()
        } catch (error) {
          log.warn({ err: error, tries, lane }, 'messages could not be taken off a lane; waiting, nothing is lost')
          await pause(Math.min(5_000, 200 * 2 ** Math.min(tries, 5)))
          await payload.heartbeat()
        }
      }
    },
  })
  return () => consumer.disconnect()
}
