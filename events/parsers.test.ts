import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awkwardJson, awkwardText, longTexts } from '../tests/support/awkward-text.ts'
import { headersOf } from './clients/kafkajs-headers.ts'
import { makeDeadLetters, readDeadLetter } from './dead-letters.ts'
import { fromMessage, namesOf, type RawMessage, traceIdOf, UnreadableMessage } from './envelope.ts'
import { messageLength, safeMessage } from './failure-text.ts'
import { makeGolden } from './golden-events.ts'
import { readRedriveHeaders } from './redrive.ts'
import { readStandstill } from './standstill.ts'
import { fromStockMessage } from './stock-levels.ts'

const known = [
  'ce_specversion ce_id ce_type ce_source ce_subject ce_time ce_sequence ce_dataschema ce_awaits traceparent content-type',
  'redrive_partition redrive_offset redrive_number dlt_partition dlt_offset dlt_topic dlt_failed_at dlt_attempts dlt_error',
  '__proto__ constructor',
].flatMap((names) => names.split(' '))
const buffer = fc.oneof(
  awkwardText().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('1', '0', '1.0', '/orders', 'order.placed', '2026-01-01T00:00:00Z').map((text) => Buffer.from(text)),
  awkwardJson().map((value) => Buffer.from(JSON.stringify(value))),
)
/** As kafkajs makes it: what an object has from its birth comes with a function before the value. */
const fromKafkajs = (pairs: readonly (readonly [string, Buffer | null])[]): RawMessage['headers'] =>
  headersOf(
    pairs.reduce<Record<string, Buffer>>((all, [name, value]) => {
      const before: unknown = Reflect.get(all, name)
      return { ...all, [name]: (before === undefined ? value : [before, value].flat()) as Buffer }
    }, {}),
  )
const message: fc.Arbitrary<RawMessage> = fc.record({
  key: fc.option(buffer),
  value: fc.option(buffer),
  headers: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...known), awkwardText()), fc.option(buffer)), { maxLength: 12 })
    .map(fromKafkajs),
  partition: fc.nat(9),
  offset: fc.nat().map(String),
})

describe('a message that is none of ours', () => {
  it.each([fromMessage, fromStockMessage])('is unreadable, and nothing else: %s', (read) => {
    fc.assert(
      fc.property(message, (raw) => {
        expect(() => read(raw)).toThrow(UnreadableMessage)
      }),
    )
  })

  it('has a name in logs all the same', () => {
    fc.assert(fc.property(message, (raw) => void [namesOf(raw), readRedriveHeaders(raw)]))
  })

  it('becomes a dead letter that can be listed, with all of its headers', async () => {
    await fc.assert(
      fc.asyncProperty(message, async (raw) => {
        const sent: RawMessage[] = []
        const producer = {
          send: async ({ messages }: { readonly messages: readonly object[] }) => {
            sent.push(...messages.map((one) => ({ ...(one as RawMessage), partition: 0, offset: '5' })))
          },
        }
        await makeDeadLetters(producer, { KAFKA_PREFIX: '' }, 'stock').store(raw, new Error('no'), 1)
        for (const one of [raw, ...sent]) {
          const letter = readDeadLetter('stock', 'the-topic', one)
          expect(letter.topic).toMatch(/^[\x21-\x7e]{0,249}$/)
          expect(letter.offset).toMatch(/^\d+$/)
          expect(new Date(letter.failedAt).getUTCFullYear()).toBeLessThan(10_000)
          expect(letter.headers.every(([, value]) => Buffer.isBuffer(value))).toBe(true)
        }
      }),
    )
  })
})

it('an event with one thing changed is read, or unreadable', () => {
  const events = [...makeGolden().values()]
  const change = fc.record({
    golden: fc.constantFrom(...events),
    name: fc.constantFrom(...known, 'key', 'value'),
    to: buffer,
  })
  fc.assert(
    fc.property(change, ({ golden, name, to }) => {
      const { key, data, headers } = golden
      const changed = {
        key: name === 'key' ? to : Buffer.from(key),
        value: name === 'value' ? to : Buffer.from(JSON.stringify(data)),
        headers: headersOf({ ...headers, [name]: to }),
        partition: 0,
        offset: '0',
      }
      try {
        fromMessage(changed)
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableMessage)
      }
    }),
  )
})

it('the text of a failure is one line, and short, whatever was thrown', () => {
  fc.assert(
    fc.property(awkwardText(), fc.boolean(), (text, coded) => {
      const said = safeMessage(coded ? Object.assign(new Error(text), { code: 'ER_X' }) : new Error(text))
      expect(said).not.toMatch(/[\p{Cc}\p{Cs}]/u)
      expect(said.length).toBeLessThanOrEqual(messageLength)
    }),
  )
})

it('no text takes more than so many steps a character', () => {
  for (const text of longTexts()) {
    safeMessage(new Error(text))
    traceIdOf(text)
    readStandstill(text)
    const bytes = Buffer.from(text)
    readDeadLetter('stock', 'topic', {
      key: bytes,
      value: bytes,
      headers: { dlt_error: bytes },
      partition: 0,
      offset: '0',
    })
  }
})
