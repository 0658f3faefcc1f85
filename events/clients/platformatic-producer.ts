import { setTimeout as pause } from 'node:timers/promises'
import { compatibilityPartitioner, Producer as Client } from '@platformatic/kafka'
import type { Log } from '../../platform/log.ts'
import { Outage } from '../failure.ts'
import type { OutgoingMessage, Producer } from '../port.ts'
import { mayPass } from './platformatic-errors.ts'
import { type Connecting, mostRetries, pauseBefore, producerSettings } from './platformatic-settings.ts'

export async function startProducer(connecting: Connecting, log: Log): Promise<Producer> {
  const connect = () => new Client({ ...connecting, ...producerSettings })
  let client = connect()
  let isClosed = false

  /** Each time on a new connection: one whose answer did not come may never bring one. */
  async function untilDone<Result>(attempt: (client: Client) => Promise<Result>): Promise<Result> {
    for (let retry = 0; ; retry += 1) {
      const used = client
      try {
        return await attempt(used)
      } catch (error) {
        if (isClosed || !mayPass(error)) throw error
        if (retry >= mostRetries) throw new Outage('Kafka does not answer', { cause: error })
        log.debug({ err: error, retry }, 'kafka: trying again')
        if (used === client) {
          client = connect()
          used.close().catch((closing: unknown) => log.debug({ err: closing }, 'kafka: a connection was not closed'))
        }
        await pause(pauseBefore(retry))
      }
    }
  }

  try {
    await untilDone((used) => used.metadata({ topics: [] }))
  } catch (error) {
    isClosed = true
    await client.close()
    throw error
  }
  return {
    // murmur2 of the key, as kafkajs and the Java client have it: an order's events stay on their partition
    send({ topic, messages }) {
      const outgoing = messages.map((message) => toClient(topic, message))
      return untilDone((used) => used.send({ messages: outgoing, acks: -1, partitioner: compatibilityPartitioner }))
    },
    async disconnect() {
      isClosed = true
      await client.close()
    },
  }
}

function toClient(topic: string, { key, value, headers = {} }: OutgoingMessage) {
  const pairs = Object.entries(headers).flatMap(([name, one]) =>
    one === undefined
      ? []
      : (Array.isArray(one) ? one : [one]).map((each) => [Buffer.from(name), bytes(each)] as const),
  )
  return {
    topic,
    headers: new Map(pairs),
    ...(key !== null && { key: bytes(key) }),
    ...(value !== null && { value: bytes(value) }),
  }
}

const bytes = (text: Buffer | string): Buffer => (typeof text === 'string' ? Buffer.from(text) : text)
