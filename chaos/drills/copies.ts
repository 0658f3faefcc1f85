import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectKafka, makeProducer, withAdmin } from '../../events/kafka.ts'
import { ordersTopic } from '../../events/topics.ts'
import type { Config } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'

type Copy = {
  readonly partition: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer | string>>
}

/** Listens to the topic of orders for so long, then sends what it heard once more, in the order that is asked for. */
export async function sendAgain(
  config: Config,
  listenMs: number,
  arrange: (copies: readonly Copy[]) => readonly Copy[],
): Promise<void> {
  const topic = ordersTopic(config)
  const kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'drills'), 'drills')
  const copies: Copy[] = []
  const groupId = `${config.KAFKA_PREFIX}drills-${randomUUID()}`
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false })
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: false })
    const joined = new Promise<void>((resolve) => consumer.on('consumer.group_join', () => resolve()))
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message: { key, value, headers = {} } }) => {
        copies.push({ partition, key, value, headers: told(headers) })
        return Promise.resolve()
      },
    })
    await joined
    await pause(listenMs)
  } finally {
    await consumer.disconnect()
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId]))
  }
  if (copies.length === 0) throw new Error('Nothing came onto the topic that could be sent again')
  const producer = makeProducer(kafka)
  await producer.connect()
  try {
    await producer.send({ topic, messages: [...arrange(copies)] })
  } finally {
    await producer.disconnect()
  }
}

type Headers = Readonly<Record<string, Buffer | string | readonly (Buffer | string)[] | undefined>>

/** Ours have each name once. */
const told = (headers: Headers): Copy['headers'] =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' || Buffer.isBuffer(value) ? [[name, value]] : [],
    ),
  )
