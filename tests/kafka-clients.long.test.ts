import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { startConsumer } from '../events/consumer.ts'
import type { EventMessage, RawMessage } from '../events/envelope.ts'
import { withAdmin } from '../events/kafka.ts'
import { makePublisher } from '../events/publisher.ts'
import { readStandstill } from '../events/standstill.ts'
import {
  bodiesOf,
  type Client,
  clients,
  firsts,
  inOrder,
  keys,
  log,
  newGroup,
  numbered,
  type Take,
  textOf,
  until,
  useOwnKafka,
  wanted,
} from './support/kafka-clients.ts'

const { server, connect, kafka, cleanups, newTopic, newProducer, consume, committed } = useOwnKafka()

/** What is promised of a client, whichever it is: each test runs with both. */
describe.each(clients)('with %s', (client) => {
  const other: Client = client === 'kafkajs' ? 'platformatic' : 'kafkajs'

  it('bytes, headers and what is missing come as they were sent', async () => {
    const topic = await newTopic(1)
    const group = newGroup()
    const bytes = Buffer.from([0, 255, 10, 128])
    const messages = [
      { key: 'ü', value: bytes, headers: { ce_id: 'a:1', raw: bytes, twice: ['1', Buffer.from('2')], empty: '' } },
      { key: null, value: 'no key' },
      { key: bytes, value: null },
    ]
    for (const sender of [client, other]) await (await newProducer(sender)).send({ topic, acks: -1, messages })
    const got: RawMessage[] = []
    await consume(client, group, topic, (batch) => got.push(...batch.messages) > 0)
    await until(() => expect(got).toHaveLength(6))
    const twice = [Buffer.from('1'), Buffer.from('2')]
    const headers = { ce_id: Buffer.from('a:1'), raw: bytes, twice, empty: Buffer.alloc(0) }
    const once = [
      { key: Buffer.from('ü'), value: bytes, headers },
      { key: null, value: Buffer.from('no key'), headers: {} },
      { key: bytes, value: null, headers: {} },
    ]
    expect(got).toEqual([...once, ...once].map((one, at) => ({ ...one, offset: String(at), partition: 0 })))
  })

  it('a key has the partition that it has with the other client', async () => {
    const topic = await newTopic(6)
    const many = Array.from({ length: 60 }, () => ({ key: randomUUID(), value: '-' }))
    for (const sender of [client, other]) await (await newProducer(sender)).send({ topic, messages: many })
    const places = new Map<string, number[]>()
    await consume(client, newGroup(), topic, ({ partition, messages }) => {
      for (const { key } of messages) places.set(String(key), [...(places.get(String(key)) ?? []), partition])
      return true
    })
    await until(() => expect([...places.values()].flat()).toHaveLength(120))
    for (const [one, second] of places.values()) expect(one).toBe(second)
    expect(new Set([...places.values()].flat()).size).toBe(6)
  })

  it('an order’s messages come in order, and a partition’s batches one after the other', async () => {
    const topic = await newTopic()
    const producer = await newProducer(client)
    const got: string[] = []
    const busy = new Set<number>()
    await consume(client, newGroup(), topic, async (batch) => {
      expect(busy.has(batch.partition)).toBe(false)
      busy.add(batch.partition)
      await new Promise((resolve) => setImmediate(resolve))
      got.push(...bodiesOf(batch))
      busy.delete(batch.partition)
      return true
    })
    for (let round = 0; round < 20; round += 1)
      await producer.send({ topic, messages: numbered(round * 10, round * 10 + 10) })
    await until(() => expect(got.length).toBeGreaterThanOrEqual(200 * keys.length))
    expect(inOrder(got)).toEqual(wanted(200))
  })

  it('a group goes on behind what it committed, after a stop, with either client', async () => {
    const topic = await newTopic()
    const group = newGroup()
    const producer = await newProducer(client)
    const got: string[] = []
    const take: Take = (batch) => got.push(...bodiesOf(batch)) > 0
    await producer.send({ topic, messages: numbered(0, 20) })
    const first = await consume(client, group, topic, take)
    await until(() => expect(got).toHaveLength(20 * keys.length))
    await first.stop()
    await producer.send({ topic, messages: numbered(20, 30) })
    const second = await consume(other, group, topic, take)
    await until(() => expect(got.length).toBeGreaterThanOrEqual(30 * keys.length))
    await second.stop()
    expect(inOrder(got)).toEqual(wanted(30))
  })

  it('a batch that was not handled, or at which the handler threw, comes again before what is behind it', async () => {
    const topic = await newTopic(1)
    const producer = await newProducer(client)
    await producer.send({ topic, messages: numbered(0, 1) })
    const seen: string[] = []
    const refusals = [
      () => false,
      () => {
        throw new Error('on purpose')
      },
    ]
    await consume(client, newGroup(), topic, (batch) => {
      seen.push(...bodiesOf(batch).slice(0, 1))
      return refusals.shift()?.() ?? true
    })
    await until(() => expect(seen).toHaveLength(3))
    await producer.send({ topic, messages: numbered(1, 2) })
    await until(() => expect(seen).toHaveLength(4))
    expect(seen).toEqual(['order-a 0000', 'order-a 0000', 'order-a 0000', 'order-a 0001'])
  })

  it.each(clients)('members come and go, the second one with %s, and nothing is lost or overtaken', async (second) => {
    const topic = await newTopic(6)
    const group = newGroup()
    const producer = await newProducer(client)
    const got: string[] = []
    const by = new Map<string, number>()
    const take =
      (name: string): Take =>
      async (batch) => {
        await new Promise((resolve) => setImmediate(resolve))
        if (batch.requested()) return false // left to whoever has the partition now
        got.push(...bodiesOf(batch))
        by.set(name, (by.get(name) ?? 0) + batch.messages.length)
        return true
      }
    let sent = 0
    const sendMore = async (): Promise<void> => {
      await producer.send({ topic, messages: numbered(sent, sent + 1) })
      sent += 1
    }
    await consume(client, group, topic, take('first'))
    await sendMore()
    const joining = await consume(second, group, topic, take('second'))
    await until(async () => {
      await sendMore()
      expect(by.get('second') ?? 0).toBeGreaterThan(20)
    })
    await joining.stop()
    await sendMore()
    await until(() => expect(firsts(got)).toHaveLength(sent * keys.length))
    expect(inOrder(firsts(got))).toEqual(wanted(sent))
  })

  it('an outage that is waited out keeps the membership, and the group says why it stands still', async () => {
    const topic = await newTopic(1)
    const group = newGroup()
    const publisher = makePublisher(await newProducer(client), topic, log)
    let isDown = true
    let rebalances = 0
    const broker = connect(client)
    const handled: string[] = []
    const consumer = await startConsumer({
      broker: {
        consume: (options) =>
          broker.consume({
            ...options,
            onRebalance: () => {
              rebalances += 1
              options.onRebalance()
            },
          }),
      },
      topic,
      group,
      accepts: () => true,
      handle: () => Promise.resolve(),
      onDeadLetter: () => Promise.resolve(),
      deadLetters: {
        store: (message) => {
          if (isDown) return Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }))
          handled.push(textOf(message))
          return Promise.resolve()
        },
      },
      log,
      onCrash: (error) => {
        throw error
      },
    })
    cleanups.push(() => consumer.stop())
    const before = rebalances
    await publisher.publish(
      ['1', '2', '3'].map((id): EventMessage => ({ key: 'o', value: id, headers: { ce_id: id } })),
    )
    const noteOf = async () => readStandstill((await committed(group, topic))[0]?.metadata)
    await until(async () => expect(await noteOf()).toMatchObject({ cause: 'ECONNREFUSED' }))
    const { groups } = await withAdmin(kafka(), (admin) => admin.describeGroups([group]))
    expect(groups[0]?.members).toHaveLength(1)
    isDown = false
    await until(async () => expect((await committed(group, topic))[0]?.offset).toBe('3'))
    expect(await noteOf()).toBeUndefined()
    expect(handled).toEqual(['1', '2', '3'])
    expect(rebalances).toBe(before)
  })

  it('a broker that freezes and one that is killed cost no message and no order', async () => {
    const topic = await newTopic()
    const group = newGroup()
    const publisher = makePublisher(await newProducer(client), topic, log)
    const got: string[] = []
    await consume(client, group, topic, (batch) => got.push(...bodiesOf(batch)) > 0)
    let sent = 0
    let isOver = false
    const publishing = (async () => {
      while (!isOver) {
        const messages = numbered(sent, sent + 1).map(({ key, value }): EventMessage => ({
          key: String(key),
          value: String(value),
          headers: { ce_id: String(value) },
        }))
        await publisher.publish(messages)
        sent += 1
      }
    })()
    const more = async (): Promise<void> => {
      const before = got.length
      await until(() => expect(got.length).toBeGreaterThan(before + 10 * keys.length))
    }
    await more()
    server().kill('SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    server().kill('SIGCONT')
    await more()
    server().kill('SIGKILL')
    await vi.waitFor(() => expect(server().pid()).toBeUndefined())
    await server().start()
    await more()
    isOver = true
    await publishing
    await until(() => expect(firsts(got)).toHaveLength(sent * keys.length))
    expect(inOrder(firsts(got))).toEqual(wanted(sent))
  })
})
