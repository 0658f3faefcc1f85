import { describe, expect, it } from 'vitest'
import { makeDeadLetters, readDeadLetter } from './dead-letters.ts'
import type { RawMessage } from './envelope.ts'
import type { Producer } from './kafka.ts'
import { makeRedriver } from './redrive.ts'
import { readConfig } from '../platform/config.ts'

const config = readConfig({ KAFKA_PREFIX: 'x.' })

/** What is sent comes back as it would be read. */
function topic() {
  const sent: (RawMessage & { readonly topic: string })[] = []
  const producer: Pick<Producer, 'send'> = {
    send: async ({ topic: name, messages }) => {
      for (const { key, value, headers } of messages) {
        const bytes = Object.entries(headers ?? {}).map(([header, one]) => [
          header,
          Array.isArray(one) ? one.map((each) => Buffer.from(each)) : Buffer.from(one ?? ''),
        ])
        const raw = { key: asBytes(key), value: asBytes(value), headers: Object.fromEntries(bytes), partition: 0 }
        sent.push({ ...raw, topic: name, offset: String(sent.length) })
      }
      return []
    },
  }
  return { sent, producer }
}
const asBytes = (value: Buffer | string | null | undefined): Buffer | null =>
  value === null || value === undefined ? null : Buffer.from(value)

const odd = Buffer.from([0xff, 0x00, 0xfe])
const message: RawMessage = {
  key: Buffer.from('the key'),
  value: odd,
  headers: { ce_id: Buffer.from('a:1'), twice: [Buffer.from('one'), odd], gone: undefined },
  partition: 4,
  offset: '1207',
}

describe('a dead letter', () => {
  it('keeps bytes and headers, and says of which group, from where, how often tried and why', async () => {
    const { sent, producer } = topic()
    await makeDeadLetters(producer, config, 'payment').store(message, new TypeError('a bug of kim@example.com'), 3)
    expect(sent[0]?.topic).toBe('x.orders.payment.dlt')
    expect(sent[0]?.headers['dlt_error']?.toString()).toBe('TypeError: a bug of …')
    expect(readDeadLetter('payment', 'x.orders.payment.dlt', sent[0] ?? message)).toEqual({
      group: 'payment',
      topic: 'x.orders',
      partition: 4,
      offset: '1207',
      redrives: 0,
      attempts: 3,
      cause: 'TypeError',
      message: 'a bug of …',
      failedAt: expect.stringMatching(/Z$/),
      key: message.key,
      value: odd,
      headers: [
        ['ce_id', Buffer.from('a:1')],
        ['twice', Buffer.from('one')],
        ['twice', odd],
      ],
    })
  })

  it('that is redriven goes to its group alone, as it was, and failing again it is the same letter', async () => {
    const { sent, producer } = topic()
    const letters = makeDeadLetters(producer, config, 'payment')
    await letters.store(message, new TypeError('a bug'), 3)
    const letter = readDeadLetter('payment', 'dlt', sent[0] ?? message)
    await makeRedriver(producer, config).send([{ ...letter, number: letter.redrives + 1 }])
    const redriven = sent[1] ?? { ...message, topic: 'none' }
    expect([redriven.topic, redriven.key, redriven.value]).toEqual(['x.orders.payment.redrive', message.key, odd])
    expect(redriven.headers['twice']).toEqual([Buffer.from('one'), odd])
    await letters.store({ ...redriven, redriven: true, partition: 1, offset: '0' }, new RangeError('another'), 1)
    const again = readDeadLetter('payment', 'dlt', sent[2] ?? message)
    expect(again).toMatchObject({ partition: 4, offset: '1207', redrives: 1, cause: 'RangeError', attempts: 1 })
    expect(again.headers).toEqual(letter.headers)
  })

  it('believes no such headers of a message that was not redriven', async () => {
    const { sent, producer } = topic()
    const headers = { redrive_partition: '9', redrive_offset: '9', redrive_number: '9' }
    await makeDeadLetters(producer, config, 'stock').store({ ...message, headers }, new Error('no'), 1)
    expect(readDeadLetter('stock', 'dlt', sent[0] ?? message)).toMatchObject({ partition: 4, redrives: 0 })
  })

  it('that somebody else put on the topic is listed where it was found', () => {
    const headers = { dlt_partition: 'x', dlt_offset: '-1', dlt_attempts: '1e9', dlt_error: 'Error: from before' }
    expect(readDeadLetter('stock', 'dlt', { ...message, headers })).toMatchObject({
      topic: 'dlt',
      partition: 4,
      offset: '1207',
      attempts: 1,
      cause: 'Error',
      message: 'from before',
      failedAt: '1970-01-01T00:00:00.000Z',
    })
  })
})
