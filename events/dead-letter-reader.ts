import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { type DeadLetter, readDeadLetter } from './dead-letters.ts'
import type { Kafka } from './kafka.ts'
import { deadLettersGroup, deadLetterTopic, groups } from './topics.ts'

type ReaderOptions = {
  readonly kafka: Kafka
  readonly config: Config
  readonly log: Log
  /** May be given the same letter again. Whatever it throws is waited out: a letter is never skipped. */
  readonly take: (letter: DeadLetter) => Promise<void>
  readonly onCrash: (error: Error) => void
}

/** Reads every group's dead letters from the first on. @returns what stops it. */
export async function startDeadLetterReader(options: ReaderOptions): Promise<() => Promise<void>> {
  const { kafka, config, log, take } = options
  const groupOf = new Map(groups.map((group) => [deadLetterTopic(config, group), group]))
  const consumer = kafka.consumer({
    groupId: deadLettersGroup(config),
    sessionTimeout: 10_000,
    heartbeatInterval: 1_000,
    rebalanceTimeout: 20_000,
    maxWaitTimeInMs: 1_000,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
  })
  consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
    if (restart) return log.warn({ err: error }, 'the reader of dead letters starts again')
    log.error({ err: error }, 'the reader of dead letters crashed')
    options.onCrash(error)
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [...groupOf.keys()], fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: false,
    autoCommitInterval: 500,
    eachBatch: async (payload) => {
      const { batch } = payload
      const group = groupOf.get(batch.topic)
      for (const { key, value, headers = {}, offset } of batch.messages) {
        if (group === undefined) return
        const letter = readDeadLetter(group, batch.topic, { key, value, headers, offset, partition: batch.partition })
        for (let tries = 0; ; tries += 1) {
          if (!payload.isRunning() || payload.isStale()) return
          try {
            await take(letter)
            break
          } catch (error) {
            log.warn({ err: error, tries, group, offset }, 'a dead letter could not be listed; waiting')
            await pause(Math.min(5_000, 200 * 2 ** Math.min(tries, 5)))
            await payload.heartbeat()
          }
        }
        payload.resolveOffset(offset)
        await payload.heartbeat()
      }
      await payload.commitOffsetsIfNecessary()
    },
  })
  return () => consumer.disconnect()
}
