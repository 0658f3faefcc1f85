import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { IdentityTables } from '../api/identity/tables.ts'
import { keepBuckets } from '../api/limits/bucket-store.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { choosePorts } from '../stack/running/ports.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, orderRequest, type Person, register, send, signIn, signInAdmin } from './support/shop.ts'

const burst = 200
let system: System
let apis: readonly [string, string]
let admin: Person
let sku: string
beforeAll(async () => {
  const port = String((await choosePorts([undefined]))[0])
  system = await startOwnSystem(
    {
      LIMIT_LOGIN_FAILURES_PER_MINUTE: '6',
      LIMIT_ORDERS_PER_SECOND: '1',
      LIMIT_ORDERS_BURST: String(burst),
      BACKLOG_MOST_ORDERS: '3',
      STREAMS_PER_USER: '2',
      CORS_ORIGINS: 'https://shop.example',
    },
    ['temporal', 'stock', 'payment', 'projection', 'api'],
  )
  await system.start('api', 'api-2', { PORT: port })
  apis = [system.apiUrl, `http://127.0.0.1:${port}`]
  admin = await signInAdmin(system.apiUrl)
  sku = await newProduct(admin, 1_000)
})
afterAll(() => system.stop())

const remaining = (headers: Headers): number => Number(/;r=(\d+)/.exec(headers.get('RateLimit') ?? '')?.[1])

it('failed sign-ins count for all processes together, and a good one costs nothing', async () => {
  const email = `${randomUUID()}@shop.test`
  const account = { email, password: `pass-${randomUUID()}`, name: 'Ada Example' }
  await send(`${apis[0]}/v1/auth/register`, 'POST', account)
  for (let time = 0; time < 8; time += 1) await signIn(apis[time % 2 === 0 ? 0 : 1], email, account.password)
  const tries = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      send(`${apis[n % 2 === 0 ? 0 : 1]}/v1/auth/login`, 'POST', { email, password: 'not the right one' }),
    ),
  )
  expect(tries.filter(({ status }) => status === 401)).toHaveLength(6)
  for (const api of apis) {
    const refused = await send(`${api}/v1/auth/login`, 'POST', { email, password: account.password })
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(refused.headers.get('RateLimit')).toContain('"login-account";r=0')
  }
  await signInAdmin(apis[1])
})

it('processes hear of what a user has spent at the other one', async () => {
  const { token } = await register(apis[0])
  const authorization = { authorization: `Bearer ${token}` }
  const place = (api: string) => send(`${api}/v1/orders`, 'POST', {}, authorization)
  await Promise.all(Array.from({ length: 150 }, () => place(apis[0])))
  // alone, it would come down by one with each of these calls
  await vi.waitFor(async () => expect(remaining((await place(apis[1])).headers)).toBeLessThan(burst / 2), {
    timeout: 15_000,
    interval: 250,
  })
})

it('what processes add to the same buckets at the same time adds up', async () => {
  const config = readConfig(system.env)
  const open = () => openDatabase<IdentityTables>(config, 'identity', 4)
  const databases = [open(), open()] as const
  const stores = [keepBuckets(databases[0]), keepBuckets(databases[1])] as const
  const keys = Array.from({ length: 30 }, (_, n) => `test:${n}-${randomUUID()}`)
  const adds = Array.from({ length: 20 }, (_, n) =>
    stores[n % 2 === 0 ? 0 : 1].add(
      keys
        .toSorted((a, b) => (n % 3 === 0 ? b.localeCompare(a) : a.localeCompare(b)))
        .map((key) => ({ key, calls: 1, spentMs: 1_000_000, sinceMs: 1_000 })),
    ),
  )
  await Promise.all(adds)
  const full = await stores[0].add(keys.map((key) => ({ key, calls: 0, spentMs: 0, sinceMs: 0 })))
  expect([...full.values()].map((ms) => Math.ceil(ms / 1_000_000))).toEqual(keys.map(() => 20))
  await Promise.all(databases.map((database) => database.destroy()))
})

it('no stream more than the user may have open, and the next one once a client has gone', async () => {
  const customer = await register(apis[0])
  const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
  const open = async () => {
    const leaving = new AbortController()
    const headers = { authorization: `Bearer ${customer.token}`, 'accept-encoding': 'gzip' }
    const answer = await fetch(`${apis[0]}/v1/orders/${body.id}/stream`, { headers, signal: leaving.signal })
    return { answer, leave: () => leaving.abort() }
  }
  const [first, second] = [await open(), await open()]
  expect([first.answer.status, second.answer.status]).toEqual([200, 200])
  expect(first.answer.headers.get('Content-Encoding')).toBeNull()
  const refused = await open()
  expect(refused.answer.status).toBe(429)
  expect(await refused.answer.json()).toMatchObject({
    code: 'too_many_requests',
    detail: 'You have 2 streams open. Close one first.',
  })
  first.leave()
  const third = await vi.waitFor(
    async () => {
      const again = await open()
      expect(again.answer.status).toBe(200)
      return again
    },
    { timeout: 10_000, interval: 100 },
  )
  second.leave()
  third.leave()
})

it('takes no new order past the backlog, and still answers for one that it has taken', async () => {
  const customer = await register(apis[0])
  const place = (key: string) => customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' }, { 'Idempotency-Key': key })
  const taken = await place('taken')
  expect(taken.status).toBe(201)
  const refused = await vi.waitFor(
    async () => {
      const answer = await place(randomUUID())
      expect(answer.status).toBe(503)
      return answer
    },
    { timeout: 30_000, interval: 200 },
  )
  expect(refused.body).toMatchObject({ code: 'overloaded' })
  expect(refused.headers.get('Retry-After')).toBe('5')
  const again = await place('taken')
  expect(again).toMatchObject({ status: 200, body: { id: taken.body.id } })
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  const other = await send(
    `${apis[0]}/v1/orders`,
    'POST',
    { ...orderRequest({ sku, quantity: 2 }) },
    { authorization: `Bearer ${customer.token}`, 'Idempotency-Key': 'taken' },
  )
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  const metrics = await (await fetch(`${apis[0]}/metrics`)).text()
  expect(metrics).toMatch(/^backlog_orders [1-9]/m)
  expect(metrics).toMatch(/^backlog_refused_orders_total [1-9]/m)
})

it('a page of a listed site gets past the preflight, and a list comes compressed', async () => {
  const preflight = await fetch(`${apis[0]}/v1/orders`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example')
  const products = await fetch(`${apis[0]}/v1/products`, { headers: { 'accept-encoding': 'gzip' } })
  expect(products.headers.get('Content-Encoding')).toBe('gzip')
  expect(await products.json()).toMatchObject({ items: expect.any(Array) })
})
