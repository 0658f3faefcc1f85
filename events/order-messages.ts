import { randomUUID } from 'node:crypto'
import { type EachBatchPayload, Partitioners } from 'kafkajs'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { fromMessage, header, type RawMessage } from './envelope.ts'
import { type Admin, connectKafka, type Kafka } from './kafka.ts'
import { makeWindows, type Windows } from './order-windows.ts'
import { ordersTopic } from './topics.ts'

/** A message of one order, and where it stands. */
export type OrderMessage = {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly publishedAt: string
  readonly eventId: string
  readonly type: string
  /** The event, or why it is none. */
  readonly event?: unknown
  readonly unreadable?: string
}

/** What is known to have happened to the order, and when: the topic is read there. */
export type WantedEvent = { readonly id: string; readonly time: string }

export type FoundMessages = {
  /** `cut`: it took too long, or too many messages, to look at all of them. */
  readonly state: 'read' | 'cut'
  readonly messages: readonly OrderMessage[]
}

export type OrderMessages = {
  /** Its name. */
  readonly topic: string
  /** Reads an order's messages from the topic: the wanted ones, or all from `since` on. @throws while Kafka is away. */
  readonly find: (orderId: string, since: Date, wanted: readonly WantedEvent[]) => Promise<FoundMessages>
}

/** Looked at in the order's partition, at most. */
const mostMessages = 50_000
const mostMs = 3_500
/** Of the clocks that date messages. */
const skewMs = 5_000

/**
 * Looks the messages up where they must be: on the partition of the order's key, from the time of each event on. Nothing
 * is committed, and the group is gone afterwards.
 */
export function findOrderMessages(config: Config, log: Log): OrderMessages {
  const topic = ordersTopic(config)
  const find: OrderMessages['find'] = async (orderId, since, wanted) => {
    const kafka = connectKafka(config, log, 'clock')
    const admin = kafka.admin({ retry: { retries: 1 } })
    await admin.connect()
    try {
      const place = await placeOf(admin, topic, orderId)
      const times = wanted.length > 0 ? wanted : [{ id: '', time: since.toISOString() }]
      const windows = await makeWindows(times, place.end, async (time) => {
        const at = await admin.fetchTopicOffsetsByTimestamp(topic, time.getTime() - skewMs)
        return Number(at.find(({ partition }) => partition === place.partition)?.offset ?? place.end)
      })
      if (windows.next() === undefined) return { state: 'read', messages: [] }
      return await read({ kafka, admin, log, topic, orderId, ...place, windows, group: groupFor(config) })
    } finally {
      await admin.disconnect()
    }
  }
  return { topic, find }
}

const groupFor = (config: Config): string => `${config.KAFKA_PREFIX}clock-${randomUUID()}`

/** Where the key's messages go, and where that partition ends now. */
async function placeOf(admin: Admin, topic: string, key: string) {
  const [found] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
  const partition = Partitioners.DefaultPartitioner()({
    topic,
    partitionMetadata: found?.partitions ?? [],
    message: { key, value: null },
  })
  const ends = await admin.fetchTopicOffsets(topic)
  return { partition, end: Number(ends.find((one) => one.partition === partition)?.high ?? 0) }
}

type Reading = {
  readonly kafka: Kafka
  readonly admin: Admin
  readonly log: Log
  readonly topic: string
  readonly group: string
  readonly orderId: string
  readonly partition: number
  readonly windows: Windows
}

async function read({ kafka, admin, log, topic, group, orderId, partition, windows }: Reading): Promise<FoundMessages> {
  const messages: OrderMessage[] = []
  let looked = 0
  let over: (end: FoundMessages['state'] | Error) => void = () => undefined
  const ended = new Promise<FoundMessages['state'] | Error>((resolve) => {
    over = resolve
  })
  const consumer = kafka.consumer({
    groupId: group,
    maxWaitTimeInMs: 200,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, retries: 2, restartOnFailure: () => Promise.resolve(false) },
  })
  const goTo = (offset: number): void => consumer.seek({ topic, partition, offset: String(offset) })
  consumer.on('consumer.crash', ({ payload: { error } }) => over(error))
  consumer.on('consumer.group_join', ({ payload: { memberAssignment } }) => {
    const others = (memberAssignment[topic] ?? []).filter((one) => one !== partition)
    if (others.length > 0) consumer.pause([{ topic, partitions: others }])
    goTo(windows.next() ?? 0)
  })

  const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
    const { batch } = payload
    if (batch.partition !== partition) return
    const wantedFrom = windows.next()
    for (const { key, value, headers = {}, offset, timestamp } of batch.messages) {
      if (wantedFrom !== undefined && Number(offset) < wantedFrom) continue
      looked += 1
      if (key?.toString() !== orderId) continue
      const message = told(topic, timestamp, { key, value, headers, offset, partition })
      messages.push(message)
      windows.found(message.eventId)
    }
    const next = Number(batch.lastOffset()) + 1
    windows.readUpTo(next)
    payload.resolveOffset(batch.lastOffset())
    const goOn = windows.next()
    if (goOn === undefined) over('read')
    else if (looked >= mostMessages) over('cut')
    else if (goOn > next) goTo(goOn)
  }

  const timer = setTimeout(() => over('cut'), mostMs)
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: false })
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch })
    const end = await ended
    if (end instanceof Error) throw end
    return { state: end, messages }
  } finally {
    clearTimeout(timer)
    await consumer.disconnect()
    await admin.deleteGroups([group]).catch((err: unknown) => log.debug({ err }, 'a group of one reading is left'))
  }
}

function told(topic: string, timestamp: string, raw: RawMessage): OrderMessage {
  const base = {
    topic,
    partition: raw.partition,
    offset: Number(raw.offset),
    publishedAt: new Date(Number(timestamp)).toISOString(),
    eventId: header(raw, 'ce_id') ?? '',
    type: header(raw, 'ce_type') ?? '',
  }
  try {
    const { hash: _, ...event } = fromMessage(raw)
    return { ...base, event }
  } catch (error) {
    return { ...base, unreadable: error instanceof Error ? error.message : 'unknown' }
  }
}
