import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { type DeadLetter, readDeadLetter } from './dead-letters.ts'
import { makeOffsets } from './offsets.ts'
import type { Batch, Broker } from './port.ts'
import { deadLettersGroup, deadLetterTopic, groups } from './topics.ts'

type ReaderOptions = {
  readonly broker: Pick<Broker, 'consume'>
  readonly config: Config
  readonly log: Log
  /** May be given the same letter again. Whatever it throws is waited out: a letter is never skipped. */
  readonly take: (letter: DeadLetter) => Promise<void>
  readonly onCrash: (error: Error) => void
}

/** Reads every group's dead letters from the first on. @returns what stops it. */
export async function startDeadLetterReader(options: ReaderOptions): Promise<() => Promise<void>> {
  const { broker, config, log, take, onCrash } = options
  const groupOf = new Map(groups.map((group) => [deadLetterTopic(config, group), group]))
  const offsets = makeOffsets(log)

  async function eachBatch(batch: Batch): Promise<boolean> {
    const group = groupOf.get(batch.topic)
    if (group === undefined) return true
    for (const message of batch.messages) {
      const letter = readDeadLetter(group, batch.topic, message)
      for (let tries = 0; ; tries += 1) {
        if (batch.requested()) return false
        try {
          await take(letter)
          break
        } catch (error) {
          log.warn({ err: error, tries, group, offset: message.offset }, 'a dead letter could not be listed; waiting')
          await pause(Math.min(5_000, 200 * 2 ** Math.min(tries, 5)))
          await batch.heartbeat()
        }
      }
      await offsets.handled(batch, message.offset, batch.commit)
      await batch.heartbeat()
    }
    return true
  }

  const consumer = await broker.consume({
    group: deadLettersGroup(config),
    topics: [...groupOf.keys()],
    partitionsAtOnce: 1,
    eachBatch,
    onRebalance: offsets.forget,
    onCrash,
  })
  return async () => {
    await offsets.hurry()
    await consumer.stop()
  }
}
