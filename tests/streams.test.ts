import { afterAll, beforeAll, expect, it } from 'vitest'
import { followAll } from '../api/streams/follow-all.ts'
import { makeLive } from '../api/streams/live.ts'
import { formatPositions } from '../api/streams/positions.ts'
import { findPositions, startTopicReader } from '../events/topic-reader.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { choosePorts } from '../stack/running/ports.ts'
import type { System } from '../stack/system.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type OrderBody, type Person, register, send, signInAdmin, types } from './support/shop.ts'
import { isDelivered, oneToN, openStream, sequencesOf, type Told } from './support/streams.ts'

let system: System
let port: string
let apis: readonly [string, string]
let admin: Person
let customer: Person
let sku: string
beforeAll(async () => {
  port = String((await choosePorts([undefined]))[0])
  system = await startOwnSystem()
  await system.start('api', 'api-2', { PORT: port })
  apis = [system.apiUrl, `http://127.0.0.1:${port}`]
  admin = await signInAdmin(apis[0])
  customer = await register(apis[0])
  sku = await newProduct(admin, 1_000)
})
afterAll(() => system.stop())

async function place(by: Person = customer): Promise<string> {
  const { status, body } = await by.place({ sku })
  expect(status).toBe(201)
  return body.id
}

const all = (api: string): string => `${api}/v1/orders/stream`
const one = (api: string, id: string): string => `${api}/v1/orders/${id}/stream`
const ids = (events: readonly Told[]): readonly number[] => events.map(({ id }) => Number(id))

/** Everything of every order, each event once and in sequence. */
function expectWhole(events: readonly Told[], orderIds: readonly string[]): void {
  const sequences = sequencesOf(events)
  for (const id of orderIds) {
    const got = sequences.get(id) ?? []
    expect([id, got]).toEqual([id, oneToN(got.length)])
    expect(isDelivered(events, id)).toBe(true)
  }
}

it('one order: every process tells every event once and in sequence, from the first one on', async () => {
  const id = await place()
  const streams = await Promise.all([...apis, ...apis].map((api) => openStream(one(api, id), customer.token)))
  await Promise.all(streams.map(({ until }) => until((events) => events.length > 0 && isDelivered(events))))
  const timeline = await customer.timeline(id)
  for (const { events, cut } of streams) {
    cut()
    expect(ids(events)).toEqual(oneToN(events.length))
    expect(events.map(({ type }) => type)).toEqual(types(timeline.slice(0, events.length)))
  }
})

it('one order: a client that is cut goes on at another process, behind what it has', async () => {
  const id = await place()
  const got: Told[] = []
  let after: string | undefined
  for (let turn = 0; !isDelivered(got); turn += 1) {
    const stream = await openStream(one(apis[turn % 2 === 0 ? 0 : 1], id), customer.token, after)
    await stream.until((events) => events.length >= 2 || isDelivered(events))
    after = stream.cut()
    got.push(...stream.events)
  }
  expect(ids(got)).toEqual(oneToN(got.length))
})

it('all orders: customers hear of their own, staff of all, at every process', async () => {
  const other = await register(apis[0])
  const watching = [
    ...(await Promise.all(apis.map((api) => openStream(all(api), customer.token)))),
    ...(await Promise.all(apis.map((api) => openStream(all(api), admin.token)))),
  ]
  const [own, foreign] = [await Promise.all([place(), place()]), await Promise.all([place(other), place(other)])]
  const expected = [own, own, [...own, ...foreign], [...own, ...foreign]] as const
  for (const [n, stream] of watching.entries()) {
    const orderIds = expected[n] ?? []
    await stream.until((events) => orderIds.every((id) => isDelivered(events, id)))
    stream.cut()
    expectWhole(stream.events, orderIds)
    expect([...sequencesOf(stream.events).keys()].toSorted()).toEqual([...orderIds].toSorted())
  }
  const [forCustomer, , forStaff] = watching.map(({ events }) => events.find(({ type }) => type === 'order.placed'))
  expect(forCustomer?.data.data).not.toHaveProperty('plan')
  expect(forStaff?.data.data).toHaveProperty('plan')
})

it('all orders: a client that is cut again and again, at one process or the other, misses nothing', async () => {
  const first = await openStream(all(apis[0]), customer.token)
  const orderIds = [await place(), await place(), await place()]
  const got: Told[] = []
  await first.until((events) => events.length >= 3)
  let after = first.cut()
  got.push(...first.events)
  for (let turn = 1; !orderIds.every((id) => isDelivered(got, id)); turn += 1) {
    const stream = await openStream(all(apis[turn % 2 === 0 ? 0 : 1]), customer.token, after)
    await stream.until((events) => events.length >= 2 || orderIds.every((id) => isDelivered([...got, ...events], id)))
    after = stream.cut()
    got.push(...stream.events)
  }
  expectWhole(got, orderIds)
  expect(new Set(got.map(({ id }) => id)).size).toBe(got.length)
})

it('a client from before a restart of its process resumes behind what it has', async () => {
  const [stream, ofStaff] = [
    await openStream(all(apis[1]), customer.token),
    await openStream(all(apis[1]), admin.token),
  ]
  const id = await place()
  await stream.until((events) => events.length > 0)
  await ofStaff.until((events) => events.length > 0)
  const [after, afterOfStaff] = [stream.cut(), ofStaff.cut()]
  await system.process('api-2').stop()
  const meanwhile = await place()
  await system.start('api', 'api-2', { PORT: port })
  for (const [before, token, mark] of [
    [stream, customer.token, after],
    [ofStaff, admin.token, afterOfStaff],
  ] as const) {
    // prettier-ignore
    const resumed = await openStream(all(apis[1]), token, mark)
    await resumed.until((events) => [id, meanwhile].every((each) => isDelivered([...before.events, ...events], each)))
    resumed.cut()
    expectWhole([...before.events, ...resumed.events], [id, meanwhile])
  }
})

it('the events of returns are on the stream of all orders with their own sequence, and not on the order’s', async () => {
  const watching = await openStream(all(apis[0]), customer.token)
  const id = await place()
  await watching.until((events) => isDelivered(events, id))
  const lines = [{ sku, quantity: 1 }]
  const asked = await customer.call<OrderBody>('POST', `/v1/orders/${id}/returns`, { lines, reason: 'It leaks' })
  expect(asked.status).toBe(201)
  await watching.until((events) => events.some(({ type }) => type === 'return.requested'))
  watching.cut()
  expect(sequencesOf(watching.events).get(`returns:${id}`)?.[0]).toBe(1)
  const own = await openStream(one(apis[1], id), customer.token)
  await own.until((events) => isDelivered(events))
  own.cut()
  expect(own.events.filter(({ type }) => type.startsWith('return.'))).toEqual([])
  expect(ids(own.events)).toEqual(oneToN(own.events.length))
})

it('what a process does not remember is read from the topic', async () => {
  const config = readConfig(system.env)
  const log = makeLog(config, 'test')
  const orders = openDatabase<OrdersTables>(config, 'orders', 2)
  const core = makeLive({
    log,
    orders,
    openReader: (from, take, onCrash) => startTopicReader({ config, log, name: 'streams', from, take, onCrash }),
  })
  const { ends } = await findPositions(config, log, [])
  core.begin(ends, ends) // and remembers nothing before
  const told: Told[] = []
  let isOpen = true
  const outlet = {
    bell: { ring: () => undefined, wait: () => Promise.resolve() },
    isOpen: () => isOpen,
    send: ({ id, event, data }: { readonly id: string; readonly event: string; readonly data: string }) => {
      told.push({ id, type: event, data: JSON.parse(data) as Told['data'] })
      return Promise.resolve()
    },
    // with a mark, the past has been told
    idle: async (_ms?: number, mark?: () => string) => {
      if (mark === undefined) return new Promise<void>((resolve) => setTimeout(resolve, 20))
      expect(mark()).toBe(formatPositions(ends))
      isOpen = false
    },
  }
  const after = new Map([...ends.keys()].map((partition) => [partition, 0]))
  await followAll({ live: core.live, log }, outlet, { visible: { of: customer.id }, after })
  await orders.destroy()
  const { body } = await customer.call<{ items: readonly OrderBody[] }>('GET', '/v1/orders?limit=100')
  expectWhole(told, body.items.map(({ id }) => id)) // prettier-ignore
  const ofOrders = [...sequencesOf(told).keys()].filter((key) => !key.startsWith('returns:'))
  expect(ofOrders.toSorted()).toEqual(body.items.map(({ id }) => id).toSorted())
})

it('an id that no stream has sent is refused; HEAD is answered without a stream', async () => {
  const authorization = { authorization: `Bearer ${customer.token}` }
  const refused = await send(all(apis[0]), 'GET', undefined, { ...authorization, 'Last-Event-ID': '17' })
  expect(refused).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
  const head = await fetch(all(apis[0]), { method: 'HEAD', headers: authorization })
  expect([head.status, head.headers.get('Content-Type'), await head.text()]).toEqual([200, 'text/event-stream', ''])
})
