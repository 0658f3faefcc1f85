import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { findPositions, type Positions, startTopicReader } from '../../events/topic-reader.ts'
import type { Config } from '../../platform/config.ts'
import type { Log } from '../../platform/log.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import type { OrdersTables } from '../../workers/projection/tables.ts'
import { type Live, type LiveCore, makeLive, type OpenReader } from './live.ts'

/** A client that comes from another process, or from before a deployment, finds what it has missed. */
const backMs = 2 * 60_000
/** Read before that, so that copies of what lies there are known for copies. */
const learnMs = 60_000
const restMs = 2_000
const sweepMs = 5_000
/** A page may hear of an event so much later; one that comes alone is told at once. */
const gatherMs = 50

type Needs = {
  readonly config: Config
  readonly log: Log
  readonly orders: Kysely<OrdersTables>
  readonly stopping: AbortSignal
}

/** The one reader of the topic in this process, for all its streams. While Kafka is away, it tries again. */
export function openFeed({ config, log, orders, stopping }: Needs) {
  const reader =
    (gather: number): OpenReader =>
    (from, take, onCrash) =>
      startTopicReader({ config, log, name: 'streams', from, take, onCrash, gatherMs: gather })
  const core = makeLive({ log, orders, openReader: reader(0), stopping })
  const ended = new AbortController()
  let places: Map<number, number> | undefined
  const feeding = repeatUntil(ended.signal, {
    everyMs: restMs,
    work: async () => {
      places ??= await begin(core, config, log)
      await readUntilCrash(core, reader(gatherMs), places, ended.signal, log)
    },
    onFailure: (error) =>
      log.warn({ err: error }, 'the topic is not read for the streams; they go on from the projection'),
  })
  const sweeping = repeatUntil(ended.signal, {
    everyMs: sweepMs,
    work: () => core.sweep(),
    onFailure: (error) =>
      log.warn({ err: error }, 'the projection does not tell the streams what they miss; they wait'),
  })
  const work = Promise.all([feeding, sweeping])

  return {
    live: core.live satisfies Live,
    async stop(): Promise<void> {
      ended.abort()
      await Promise.race([work, pause(restMs, undefined, { ref: false })]) // Kafka may be away
    },
  }
}

async function begin(core: LiveCore, config: Config, log: Log): Promise<Map<number, number>> {
  const from = new Date(Date.now() - backMs)
  const { ends, at } = await findPositions(config, log, [from, new Date(from.getTime() - learnMs)])
  core.begin(at[0] ?? ends, ends)
  return new Map(at[1] ?? ends)
}

/** @param places moves on with what was read. */
async function readUntilCrash(
  core: LiveCore,
  openReader: OpenReader,
  places: Map<number, number>,
  ended: AbortSignal,
  log: Log,
): Promise<void> {
  let crash: (error?: Error) => void = () => undefined
  const over = new Promise<Error | undefined>((resolve) => {
    crash = resolve
  })
  ended.addEventListener('abort', () => crash(), { once: true })
  const stop = await openReader(
    places as Positions,
    async (batch) => {
      await core.take(batch)
      places.set(batch.partition, batch.next)
    },
    crash,
  )
  const error = await over
  await stop().catch((err: unknown) => log.debug({ err }, 'a reader that was lost could not be taken away'))
  if (error !== undefined) throw error
}
