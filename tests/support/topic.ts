import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Message } from 'kafkajs'
import { type Kafka, makeProducer, withAdmin } from '../../events/kafka.ts'

export type Copy = {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, Buffer>>
}

/** Everything on a topic so far, in order per partition. */
export async function readTopic(kafka: Kafka, topic: string): Promise<readonly Copy[]> {
  const ends = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic))
  const wanted = ends.reduce((sum, { high }) => sum + Number(high), 0)
  const copies: Copy[] = []
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    eachMessage: ({ message: { key, value, headers = {} } }) => {
      copies.push({ key, value, headers: headers as Record<string, Buffer> })
      return Promise.resolve()
    },
  })
  await vi.waitFor(() => expect(copies.length).toBeGreaterThanOrEqual(wanted), { timeout: 30_000 })
  await consumer.disconnect()
  return copies
}

/** The group has read all that is on the topic. */
export async function untilRead(kafka: Kafka, topic: string, groupId: string): Promise<void> {
  const check = () =>
    withAdmin(kafka, async (admin) => {
      const ends = await admin.fetchTopicOffsets(topic)
      const [read] = await admin.fetchOffsets({ groupId, topics: [topic] })
      for (const { partition, high } of ends.filter((end) => end.high !== '0'))
        expect(read?.partitions.find((one) => one.partition === partition)?.offset).toBe(high)
    })
  await vi.waitFor(check, { timeout: 60_000, interval: 300 })
}

export async function publish(kafka: Kafka, topic: string, message: Message): Promise<void> {
  const producer = makeProducer(kafka)
  await producer.connect()
  await producer.send({ topic, messages: [message] })
  await producer.disconnect()
}

/** The last event of an order, a delivery, once more: the same id with other bytes. */
export async function publishAgain(kafka: Kafka, topic: string, orderId: string): Promise<void> {
  const copies = await readTopic(kafka, topic)
  const last = copies.findLast(({ key }) => key?.toString() === orderId)
  expect(last?.headers['ce_type']?.toString()).toBe('order.delivered')
  const data = JSON.parse(last?.value?.toString() ?? '') as object
  const value = Buffer.from(JSON.stringify({ ...data, note: 'changed' }))
  await publish(kafka, topic, { key: orderId, value, headers: { ...last?.headers } })
}
