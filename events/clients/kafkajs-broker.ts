import type { EachBatchPayload } from 'kafkajs'
import type { Log } from '../../platform/log.ts'
import type { PlaceOffset } from '../offsets.ts'
import type { Broker, ConsumeOptions } from '../port.ts'
import type { KafkaAccess } from './access.ts'
import { headersOf } from './kafkajs-headers.ts'
import { connectKafka, groupSettings, makeProducer } from './kafkajs.ts'

/** The port on kafkajs. */
export function kafkajsBroker(config: KafkaAccess, log: Log, clientId: string): Broker {
  const kafka = connectKafka(config, log, clientId)

  async function consume(options: ConsumeOptions) {
    const consumer = kafka.consumer({ ...groupSettings, groupId: options.group })
    consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      if (restart) return log.warn({ err: error }, 'the consumer starts again') // as while a broker gets ready
      log.error({ err: error }, 'the consumer crashed')
      options.onCrash(error)
    })
    consumer.on('consumer.rebalancing', options.onRebalance)

    async function eachBatch(payload: EachBatchPayload): Promise<void> {
      const { batch } = payload
      const { topic, partition } = batch
      const handled = await options.eachBatch({
        topic,
        partition,
        messages: batch.messages.map(({ key, value, headers, offset }) => ({
          key,
          value,
          headers: headersOf(headers),
          offset,
          partition,
        })),
        firstOffset: batch.firstOffset() ?? '0',
        lastOffset: batch.lastOffset(),
        requested: () => !payload.isRunning() || payload.isStale(),
        heartbeat: () => payload.heartbeat(),
        commit: (places) => payload.commitOffsetsIfNecessary({ topics: byTopic(places) }),
      })
      if (handled) payload.resolveOffset(batch.lastOffset())
    }

    await consumer.connect()
    await consumer.subscribe({ topics: [...options.topics], fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.partitionsAtOnce ?? 3,
      eachBatch,
    })
    return { stop: () => consumer.disconnect() }
  }

  return {
    async producer() {
      const producer = makeProducer(kafka)
      await producer.connect()
      return {
        send: ({ topic, messages }) => producer.send({ topic, acks: -1, messages }),
        disconnect: () => producer.disconnect(),
      }
    },
    consume,
  }
}

const byTopic = (places: readonly PlaceOffset[]) =>
  [...new Set(places.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: places
      .filter((place) => place.topic === topic)
      .map(({ partition, offset, metadata }) => ({ partition, offset, ...(metadata !== undefined && { metadata }) })),
  }))
