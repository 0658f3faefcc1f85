import type { Log } from '../platform/log.ts'
import { makeGathering, manyPartitions } from './gather.ts'
import { makeOffsets } from './offsets.ts'
import type { Batch, Broker, Consuming } from './port.ts'
import { makeProcessor, type ProcessorOptions } from './processor.ts'
import type { Deliver } from './shuffle.ts'
import { standstillNote } from './standstill.ts'

export type ConsumerOptions = ProcessorOptions & {
  readonly broker: Pick<Broker, 'consume'>
  readonly topic: string
  /** Read beside it: what failed before and is sent once more. None for a reader whose failures nobody redrives. */
  readonly redriveTopic?: string
  /** Named after its service. */
  readonly group: string
  readonly log: Log
  /**
   * For a reader that nobody waits for: so long after a batch began, no other is fetched, and what comes meanwhile makes
   * one batch with fewer round trips. What comes after a quiet time is not delayed.
   */
  readonly gatherMs?: number
  /** For tests: how a batch is handed on, instead of once and as it is. */
  readonly deliver?: Deliver | undefined
  /** The process has to end and be started again: the client won't recover by itself. */
  readonly onCrash: (error: Error) => void
}

/** Finishes the batch under way, commits, leaves the group. */
export type RunningConsumer = Consuming

/** Reads a topic of events for one service. An offset is committed only after its event was handled. */
export async function startConsumer(options: ConsumerOptions): Promise<RunningConsumer> {
  const { broker, group, topic, redriveTopic, log, deliver = asTheyAre, onCrash } = options
  const process = makeProcessor(options)
  const offsets = makeOffsets(log)
  const gather = makeGathering(options.gatherMs ?? 0)

  async function eachBatch(batch: Batch): Promise<boolean> {
    const gathered = gather()
    const since = new Date().toISOString()
    const messages =
      batch.topic === redriveTopic
        ? batch.messages.map((message) => ({ ...message, redriven: true as const }))
        : batch.messages
    const stop = {
      requested: batch.requested,
      beat: batch.heartbeat,
      waits: (error: unknown) =>
        offsets.standsStill(batch, batch.firstOffset, standstillNote(since, error), batch.commit),
    }
    for (const part of deliver(messages)) {
      if (!(await process(part, stop))) return false
    }
    await offsets.handled(batch, batch.lastOffset, batch.commit)
    await gathered()
    return true
  }

  const consumer = await broker.consume({
    group,
    topics: [topic, ...(redriveTopic === undefined ? [] : [redriveTopic])],
    ...(options.gatherMs !== undefined && { partitionsAtOnce: manyPartitions }),
    eachBatch,
    onRebalance: offsets.forget,
    onCrash,
  })
  return {
    async stop() {
      await offsets.hurry()
      await consumer.stop()
    },
  }
}

const asTheyAre: Deliver = (messages) => [messages]
