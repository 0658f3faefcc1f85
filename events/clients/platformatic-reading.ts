import { ConnectionPool, type Consumer, ListOffsetTimestamps, offsetCommitV8 } from '@platformatic/kafka'
import type { Log } from '../../platform/log.ts'
import type { PlaceOffset } from '../offsets.ts'
import type { ConsumeOptions } from '../port.ts'
import { isProtocolError } from './platformatic-errors.ts'
import { type FetchResponse, placeKey, type Records, toRecords } from './platformatic-records.ts'
import type { Patience } from './platformatic-patience.ts'
import { type Connecting, consumerSettings, maxBytesPerPartition } from './platformatic-settings.ts'

export type Reading = {
  readonly generation: number
  /** `stale`: the partitions may be somebody else's now. The batches under way end as soon as they can. */
  readonly end: (why: 'stale' | 'stopped') => void
  /** Everything has ended. Rejects when waiting did not help. */
  readonly done: Promise<void>
}

type Options = {
  /** How the brokers let us in: what is fetched has connections of its own. */
  readonly connecting: Connecting
  readonly consumer: Consumer
  readonly consume: ConsumeOptions
  readonly patience: Patience
  readonly log: Log
}

/**
 * Reads the partitions that the consumer was given in its present generation, from the committed offsets on. The
 * library's stream is not used: after a rebalance it goes on behind what was read but never committed, and its commit
 * joins again and commits for a generation in which nothing of it was handled.
 */
export function startReading({ connecting, consumer, consume, patience, log }: Options): Reading {
  const { generationId, memberId } = consumer
  const assigned = (consumer.assignments ?? []).filter(({ partitions }) => partitions.length > 0)
  const topics = assigned.map(({ topic }) => topic)
  const positions = new Map<string, bigint>()
  const over = new AbortController()
  const inTurn = makeTurns(consume.partitionsAtOnce ?? 3)
  let isStale = false

  async function findPositions(): Promise<void> {
    const committed = await consumer.listCommittedOffsets({ topics: assigned })
    const first = await consumer.listOffsets({ topics: [...topics], timestamp: ListOffsetTimestamps.EARLIEST })
    for (const { topic, partitions } of assigned) {
      for (const partition of partitions) {
        const place = committed.get(topic)?.[partition] ?? -1n
        positions.set(placeKey({ topic, partition }), place < 0n ? (first.get(topic)?.[partition] ?? 0n) : place)
      }
    }
  }

  /** After messages were deleted, or the topic was. */
  async function returnIntoRange(): Promise<void> {
    const first = await consumer.listOffsets({ topics: [...topics], timestamp: ListOffsetTimestamps.EARLIEST })
    const last = await consumer.listOffsets({ topics: [...topics], timestamp: ListOffsetTimestamps.LATEST })
    for (const { topic, partitions } of assigned) {
      for (const partition of partitions) {
        const place = positions.get(placeKey({ topic, partition })) ?? 0n
        const [from, to] = [first.get(topic)?.[partition] ?? 0n, last.get(topic)?.[partition] ?? 0n]
        if (place < from || place > to) positions.set(placeKey({ topic, partition }), from)
      }
    }
  }

  async function commit(places: readonly PlaceOffset[]): Promise<void> {
    const coordinator = consumer.coordinatorId
    const connections = coordinator === null ? undefined : await consumer.connectToBrokers([coordinator])
    const connection = connections?.get(coordinator ?? -1)
    if (connection === undefined) throw new Error('the group has no coordinator now')
    const names = [...new Set(places.map(({ topic }) => topic))]
    await offsetCommitV8.api.async(
      connection,
      consume.group,
      generationId,
      memberId,
      null,
      names.map((name) => ({
        name,
        partitions: places
          .filter(({ topic }) => topic === name)
          .map(({ partition, offset, metadata }) => ({
            partitionIndex: partition,
            committedOffset: BigInt(offset),
            committedLeaderEpoch: -1,
            committedMetadata: metadata ?? null,
          })),
      })),
    )
  }

  async function handle({ topic, partition, messages, next }: Records): Promise<void> {
    if (over.signal.aborted) return
    const [first] = messages
    const handled =
      first === undefined ||
      (await consume.eachBatch({
        topic,
        partition,
        messages,
        firstOffset: first.offset,
        lastOffset: String(next - 1n),
        requested: () => over.signal.aborted,
        // the library's own timer sends them
        heartbeat: () => (isStale ? Promise.reject(new Error('the group rebalances')) : Promise.resolve()),
        commit,
      }))
    if (!handled) return
    positions.set(placeKey({ topic, partition }), next)
    patience.reset()
  }

  async function readNode(
    node: number,
    ids: ReadonlyMap<string, string>,
    mine: Fetching,
    pool: ConnectionPool,
    signal: AbortSignal,
  ) {
    while (!signal.aborted) {
      const response = await unlessAborted(
        consumer.fetch({
          node,
          maxWaitTime: consumerSettings.maxWaitTime,
          minBytes: consumerSettings.minBytes,
          maxBytes: consumerSettings.maxBytes,
          connectionPool: pool,
          topics: [...mine].map(([topic, partitions]) => ({
            topicId: topic,
            partitions: partitions.map((partition) => ({
              partition,
              fetchOffset: positions.get(placeKey({ topic: ids.get(topic) ?? '', partition })) ?? 0n,
              partitionMaxBytes: maxBytesPerPartition,
              currentLeaderEpoch: -1,
              lastFetchedEpoch: -1,
            })),
          })),
        }),
        signal,
      )
      if (response === undefined) return
      await allEnded(toRecords(response, ids, positions).map((records) => inTurn(() => handle(records))))
    }
  }

  /** One loop for each broker, as a fetch that waits at one must not keep what another one has. */
  async function readAll(): Promise<void> {
    if (positions.size === 0) await findPositions()
    const metadata = await consumer.metadata({ topics: [...topics] })
    const ids = new Map<string, string>()
    const nodes = new Map<number, Map<string, number[]>>()
    for (const { topic, partitions } of assigned) {
      const known = metadata.topics.get(topic)
      if (known === undefined) throw new Error(`Kafka does not tell who leads ${topic}`)
      ids.set(known.id, topic)
      for (const partition of partitions) {
        const leader = known.partitions[partition]?.leader ?? -1
        const mine = nodes.get(leader) ?? new Map<string, number[]>()
        nodes.set(leader, mine.set(known.id, [...(mine.get(known.id) ?? []), partition]))
      }
    }
    const round = new AbortController()
    const signal = AbortSignal.any([over.signal, round.signal])
    const { clientId, bootstrapBrokers: _known, ...entry } = connecting
    const pool = new ConnectionPool(clientId, { ...entry, ...consumerSettings, ownerId: consumer.instanceId })
    try {
      const loops = [...nodes].map(([node, mine]) => readNode(node, ids, mine, pool, signal))
      for (const loop of loops) loop.catch(() => round.abort()) // the others end too; `allEnded` tells of it
      await allEnded(loops)
    } finally {
      pool.close().catch((error: unknown) => log.debug({ err: error }, 'kafka: a connection was not closed'))
    }
  }

  async function run(): Promise<void> {
    if (assigned.length === 0) return aborted(over.signal)
    while (!over.signal.aborted) {
      try {
        await readAll()
      } catch (error) {
        if (over.signal.aborted) return log.debug({ err: error }, 'what was read for a generation that is over')
        consumer.clearMetadata()
        if (isProtocolError(error, 'OFFSET_OUT_OF_RANGE')) await returnIntoRange()
        else await patience.wait(error, over.signal)
      }
    }
  }

  return {
    generation: generationId,
    end(why) {
      if (why === 'stale') isStale = true
      over.abort()
    },
    done: run(),
  }
}

/** By topic id: partitions. */
type Fetching = ReadonlyMap<string, readonly number[]>

/** Whatever fails, the others are waited for: a batch must not come again while it is under way. @throws the first error. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason
}

/** Runs so many at once; the others wait in line. */
function makeTurns(free: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = []
  let left = free
  return async (work) => {
    if (left === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else left -= 1
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) left += 1
      else next()
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** @returns undefined as soon as it is called off; what comes after that is nobody's. */
function unlessAborted(fetching: Promise<FetchResponse>, signal: AbortSignal): Promise<FetchResponse | undefined> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(undefined)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    void fetching.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
