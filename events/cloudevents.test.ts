import { CloudEvent, Kafka } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { makeLog } from '../platform/log.ts'
import type { EventMessage } from './envelope.ts'
import { inventedMessages } from './golden-events.ts'
import type { Producer } from './kafka.ts'
import { makePublisher } from './publisher.ts'

type Sent = { readonly key: string; readonly value: string; readonly headers: Readonly<Record<string, string>> }

/** What the publisher hands to the producer. */
async function published(messages: readonly EventMessage[]): Promise<readonly Sent[]> {
  const sent: Sent[] = []
  const producer: Pick<Producer, 'send' | 'disconnect'> = {
    send: (batch) => {
      sent.push(...(batch.messages as unknown as readonly Sent[]))
      return Promise.resolve([])
    },
    disconnect: () => Promise.resolve(),
  }
  const publisher = makePublisher(producer, 'orders', makeLog({ LOG_LEVEL: 'silent' }, 'test'))
  // one by one: the invented orders share an id, and what waits under one id is sent once
  for (const message of messages) await publisher.publish([message])
  return sent
}

describe('the SDK of CloudEvents', () => {
  it('understands every kind of message that the publisher sends, in Kafka’s binary mode', async () => {
    const distinct = new Map(inventedMessages().map((message) => [message.headers['ce_type'], message]))
    const sent = await published([...distinct.values()])
    expect(sent.length).toBeGreaterThan(40)
    for (const { key, value, headers } of sent) {
      const event = Kafka.toEvent<unknown>({ key, value, body: value, headers: { ...headers } } as never)
      if (!(event instanceof CloudEvent)) throw new Error('one event was sent')
      expect(event.toJSON()).toMatchObject({
        specversion: '1.0',
        id: headers['ce_id'],
        type: headers['ce_type'],
        source: headers['ce_source'],
        subject: headers['ce_subject'],
        time: headers['ce_time'],
        sequence: headers['ce_sequence'],
        dataschema: headers['ce_dataschema'],
        datacontenttype: 'application/json',
        partitionkey: key,
      })
      expect(event.data).toEqual(JSON.parse(value))
      // `ce_dataschema` is relative to the API's address; as the whole address it is valid to the letter
      const absolute = new URL(headers['ce_dataschema'] ?? '', 'https://shop.example').href
      expect(event.cloneWith({ dataschema: absolute }).validate()).toBe(true)
    }
  })
})
