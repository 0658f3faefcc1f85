import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customerId, orderId } from '../domain/ids.ts'
import { eventId, type Ask, type OrderEvent, type OrderEventData } from '../domain/saga/event.ts'
import { anOrder, threeStages } from '../domain/saga/testing.ts'
import { fromMessage, isAwaiting, type RawMessage, toMessage, UnreadableMessage } from './envelope.ts'

const ask = (participant: string): Ask => ({
  step: 'fetch',
  participant,
  action: 'perform',
  round: 1,
  attempt: 2,
  notBefore: '2030-01-01T10:00:01.000Z',
  deadlineAt: '2030-01-01T10:01:00.000Z',
  byHand: true,
  lines: [{ sku: 'TEAPOT', quantity: 1 }],
  amount: { amountMinor: 1995, currency: 'EUR' },
})

/** Every field there is: one that the schema forgets would be lost on the way. */
const everything: Required<OrderEventData> = {
  status: 'processing',
  actor: { kind: 'participant', id: 'fetch-service' },
  step: 'fetch',
  action: 'perform',
  round: 1,
  attempt: 2,
  outcome: 'rejected',
  reason: { code: 'no', message: 'Not today: ä, 日本, "quoted"' },
  payment: { authorized: true, card: { last4: '4242' } },
  shipment: { trackingNumber: 'T1' },
  retryUntil: '2030-01-01T11:00:00.000Z',
  failure: { step: 'fetch', code: 'no', message: 'Not today' },
  needsAttention: true,
  note: 'called the carrier',
  resolution: 'retry',
  resolutionNumber: 1,
  deadlineAt: '2030-01-01T11:00:00.000Z',
  return: {
    number: 1,
    status: 'requested',
    lines: [{ sku: 'TEAPOT', quantity: 1 }],
    amount: { amountMinor: 1995, currency: 'EUR' },
    reason: 'It leaks',
    requestedAt: '2030-01-01T10:00:00.000Z',
    restocked: false,
    refunded: false,
    needsAttention: false,
  },
  asks: [ask('stock')],
  order: anOrder,
  plan: threeStages,
  fingerprint: 'fingerprint',
}

const anEvent: OrderEvent = {
  id: eventId(anOrder.id, 7),
  type: 'order.placed',
  orderId: anOrder.id,
  sequence: 7,
  time: '2030-01-01T10:00:00.001Z',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: everything,
}

/** As a consumer gets it: bytes. */
function read(event: OrderEvent, change: Partial<RawMessage> = {}): RawMessage {
  const { key, value, headers } = toMessage(event)
  const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const)
  return {
    key: Buffer.from(key),
    value: Buffer.from(value),
    headers: Object.fromEntries(bytes),
    partition: 3,
    offset: '42',
    ...change,
  }
}

const withHeaders = (headers: RawMessage['headers']): RawMessage =>
  read(anEvent, { headers: { ...read(anEvent).headers, ...headers } })
const withData = (data: unknown): RawMessage => read(anEvent, { value: Buffer.from(JSON.stringify(data)) })

describe('an event that went over Kafka', () => {
  it('is the same event, every field of it', () => {
    const { hash, ...event } = fromMessage(read(anEvent))
    expect(event).toEqual(anEvent)
    expect(hash).toMatch(/^[\w-]{43}$/)
  })

  it('has no traceparent where it had none', () => {
    const { traceparent: _none, ...event } = anEvent
    expect(toMessage(event).headers).not.toHaveProperty('traceparent')
    expect(fromMessage(read(event))).not.toHaveProperty('traceparent')
  })

  it('has the same hash only with the same type and bytes', () => {
    const { hash } = fromMessage(read(anEvent))
    expect(fromMessage(read(anEvent)).hash).toBe(hash)
    expect(fromMessage(read({ ...anEvent, type: 'order.confirmed' })).hash).not.toBe(hash)
    expect(fromMessage(read({ ...anEvent, data: { ...everything, note: 'else' } })).hash).not.toBe(hash)
  })

  it('is read past headers and fields that a later version added', () => {
    expect(fromMessage(withHeaders({ ce_later: 'x' })).id).toBe(anEvent.id)
    expect(fromMessage(withData({ ...everything, later: 1 })).data).toEqual(everything)
  })

  it('is read though caused by a kind of actor that is not known', () => {
    const actor = { kind: 'robot', id: '1' }
    expect(fromMessage(withData({ ...everything, actor })).data.actor).toEqual(actor)
  })

  it('is read by the first of a repeated header, be it bytes or text', () => {
    expect(fromMessage(withHeaders({ ce_type: ['order.placed', Buffer.from('order.confirmed')] })).type).toBe(
      'order.placed',
    )
  })
})

describe('ce_awaits', () => {
  const awaiting = (...participants: readonly string[]): OrderEvent => ({
    ...anEvent,
    data: { ...everything, asks: participants.map(ask) },
  })

  it('names each participant that is asked, once', () => {
    expect(toMessage(awaiting('stock', 'payment', 'stock')).headers['ce_awaits']).toBe('stock,payment')
  })

  it('is absent when nobody is asked', () => {
    const { asks: _none, ...data } = everything
    expect(toMessage(awaiting()).headers).not.toHaveProperty('ce_awaits')
    expect(toMessage({ ...anEvent, data }).headers).not.toHaveProperty('ce_awaits')
  })

  it('tells a participant by its whole name whether it is awaited', () => {
    const message = read(awaiting('stock', 'payment'))
    expect(isAwaiting(message, 'stock')).toBe(true)
    expect(isAwaiting(message, 'payment')).toBe(true)
    expect(isAwaiting(message, 'pay')).toBe(false)
    expect(isAwaiting(read(awaiting()), 'stock')).toBe(false)
  })
})

describe('a message is unreadable', () => {
  const required = Object.keys(read(anEvent).headers).filter((name) => name !== 'ce_awaits' && name !== 'traceparent')
  const other = customerId('5b1c2a34-1111-4222-8333-944445555666')
  const { actor: _nobody, ...withoutActor } = everything

  it.each(required)('without the header %s', (name) => {
    expect(() => fromMessage(withHeaders({ [name]: undefined }))).toThrow(UnreadableMessage)
  })

  it.each<readonly [string, RawMessage]>([
    ['of another version of CloudEvents', withHeaders({ ce_specversion: '0.3' })],
    ['of another source', withHeaders({ ce_source: '/returns' })],
    ['about something else than an order', withHeaders({ ce_type: 'return.opened' })],
    ['whose subject is no UUID', withHeaders({ ce_subject: 'order-1' })],
    ['without a proper time', withHeaders({ ce_time: 'yesterday' })],
    ['with a local time', withHeaders({ ce_time: '2030-01-01T10:00:00' })],
    ['of another content type', withHeaders({ 'content-type': 'text/plain' })],
    ['with an endless id', withHeaders({ ce_id: 'x'.repeat(65) })],
    ['with the id of another order', withHeaders({ ce_id: `${other}:7` })],
    ['with the id of another sequence', withHeaders({ ce_sequence: '8' })],
    ...['0', '-7', '7.5', 'seven', '', 'Infinity'].map(
      (text) => [`with the sequence "${text}"`, withHeaders({ ce_sequence: text })] as const,
    ),
    ['without a key', read(anEvent, { key: null })],
    ['under the key of another order', read(anEvent, { key: Buffer.from(other) })],
    ['without a value', read(anEvent, { value: null })],
    ['whose value is not JSON', read(anEvent, { value: Buffer.from('{"status":') })],
    ['whose value is not UTF-8', read(anEvent, { value: Buffer.from([0xff, 0xfe, 0x00]) })],
    ...[null, [], 'text', 7].map((value) => [`whose data is ${JSON.stringify(value)}`, withData(value)] as const),
    ['of a status that is unknown', withData({ ...everything, status: 'lost' })],
    ['that nobody caused', withData(withoutActor)],
    ['with an ask without a round', withData({ ...everything, asks: [{ ...ask('stock'), round: 0 }] })],
    ['with an order without lines', withData({ ...everything, order: { ...anOrder, lines: [] } })],
  ])('%s', (_what, message) => {
    expect(() => fromMessage(message)).toThrow(UnreadableMessage)
  })

  it('and says what is wrong with it', () => {
    expect(() => fromMessage(withHeaders({ ce_source: '/returns' }))).toThrow(/^headers: ce_source: /)
    expect(() => fromMessage(withData({ ...everything, actor: { kind: 7, id: '1' } }))).toThrow(/^data: actor\.kind: /)
    expect(() => fromMessage(withData(null))).toThrow(/^data: \(whole\): /)
  })
})

describe('whatever bytes come', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array))
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => Buffer.from(JSON.stringify(value)))
  const name = fc.constantFrom(...Object.keys(read(anEvent).headers), '__proto__', 'constructor')
  const headerValue = fc.oneof(bytes, fc.string(), fc.array(fc.oneof(bytes, fc.string())), fc.constant(undefined))
  const headers = fc.dictionary(fc.oneof(name, fc.string()), headerValue)
  const value = fc.oneof(bytes, json, fc.constant(null))
  const anything = fc.record({
    key: fc.oneof(bytes, fc.constant(null)),
    value,
    headers,
    partition: fc.nat(),
    offset: fc.string(),
  })
  const oneHeaderOff = fc.dictionary(name, headerValue, { minKeys: 1, maxKeys: 1 }).map(withHeaders)
  const valueOff = value.map((content) => read(anEvent, { value: content }))
  const oneFieldOff = fc
    .tuple(fc.constantFrom(...Object.keys(everything)), fc.jsonValue())
    .map(([field, content]) => withData({ ...everything, [field]: content }))

  it('either an event with its own id is read or UnreadableMessage thrown, never anything else', () => {
    fc.assert(
      fc.property(fc.oneof(anything, oneHeaderOff, valueOff, oneFieldOff), (message) => {
        try {
          const event = fromMessage(message)
          expect(event.id).toBe(eventId(orderId(message.key?.toString() ?? ''), event.sequence))
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableMessage)
        }
      }),
      { numRuns: 500 },
    )
  })
})
