import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { connectBroker } from './broker.ts'
import { startConsumer } from './consumer.ts'
import type { ReceivedEvent } from './envelope.ts'
import { type Admin, connectKafka } from './kafka.ts'
import { ordersTopic } from './topics.ts'

type Options = {
  readonly config: Config
  readonly log: Log
  /** Of the consumer group, which is made for this and deleted at the end. */
  readonly name: string
  /** Begins with what was published then or later; undefined: with the first message there is. */
  readonly from?: Date | undefined
  readonly handle: (events: readonly ReceivedEvent[]) => Promise<void>
}

export type WholeTopic = {
  /** Waits until everything was handled that is on the topic now, however long that takes. */
  readonly caughtUp: () => Promise<void>
  /** What can't be read or handled, by partition and offset: left out, as its consumers left it out. */
  readonly refused: ReadonlyMap<string, unknown>
  readonly stop: () => Promise<void>
}

/** Reads the topic of orders from its beginning, for somebody who builds anew what was made of it. */
export async function readWholeTopic({ config, log, name, from, handle }: Options): Promise<WholeTopic> {
  const kafka = connectKafka(config, log, name)
  const topic = ordersTopic(config)
  const group = `${config.KAFKA_PREFIX}${name}-${randomUUID()}`
  const refused = new Map<string, unknown>()
  const admin = kafka.admin()
  await admin.connect()
  if (from !== undefined) {
    const partitions = await admin.fetchTopicOffsetsByTimestamp(topic, from.getTime())
    await admin.setOffsets({ groupId: group, topic, partitions })
  }
  let crash: Error | undefined
  const consumer = await startConsumer({
    broker: connectBroker(config, log, name),
    topic,
    group,
    accepts: () => true,
    handle,
    onDeadLetter: () => Promise.resolve(),
    deadLetters: {
      store: async ({ partition, offset }, error) => void refused.set(`${partition}:${offset}`, error),
    },
    log,
    onCrash: (error) => (crash = error),
  })
  return {
    refused,
    async caughtUp() {
      const ends = await admin.fetchTopicOffsets(topic)
      while (!(await isPast(admin, group, topic, ends))) {
        if (crash !== undefined) throw crash
        await pause(200)
      }
    },
    async stop() {
      await consumer.stop()
      await admin.deleteGroups([group])
      await admin.disconnect()
    },
  }
}

type Ends = Awaited<ReturnType<Admin['fetchTopicOffsets']>>

async function isPast(admin: Admin, groupId: string, topic: string, ends: Ends): Promise<boolean> {
  const [read] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const committed = new Map(read?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]))
  return ends.every(({ partition, high, low }) => {
    const at = committed.get(partition) ?? -1n
    return BigInt(high) === BigInt(low) || at >= BigInt(high)
  })
}
