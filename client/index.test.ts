import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Client, makeClient } from './index.ts'
import type { Credentials } from './sign-in.ts'

const wish = {
  lines: [{ sku: 'MUG', quantity: 1 }],
  shippingAddress: { name: 'Kim', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  paymentMethod: 'pm_card_visa',
}

const credentials = { email: 'kim@example.test', password: 'a-long-password' }
const busy = { 'Retry-After': '0' }

/** An invented shop, asked as the real one is. */
const client = (app: Hono, who: { token: string } | { credentials: Credentials } = { token: 'good' }): Client =>
  makeClient({ baseUrl: 'http://shop.test', fetch: async (...asked) => app.fetch(new Request(...asked)), ...who })

describe('a call', () => {
  it('that is refused throws the problem, with its code, trace and violations', async () => {
    const errors = [{ pointer: '/lines/0/sku', code: 'unknown_sku', message: 'NO is not sold here' }]
    const app = new Hono().all('*', (c) =>
      c.json({ code: 'validation_failed', detail: 'See errors.', traceId: 'abc', errors }, 422),
    )
    await expect(client(app).place(wish)).rejects.toMatchObject({
      name: 'HttpProblem',
      status: 422,
      code: 'validation_failed',
      message: 'See errors.',
      traceId: 'abc',
      violations: errors,
    })
  })

  it('that places an order has one key of its own, kept while it is sent again', async () => {
    const keys: (string | undefined)[] = []
    const app = new Hono().post('/v1/orders', (c) => {
      keys.push(c.req.header('Idempotency-Key'))
      return keys.length % 3 === 0 ? c.json({ id: 'o' }, 201) : c.json({}, 503, busy)
    })
    const shop = client(app)
    await shop.place(wish)
    await shop.place(wish)
    await shop.place(wish, { key: 'say "hi"' })
    expect(keys).toHaveLength(9)
    expect(new Set(keys).size).toBe(3)
    expect(keys[0]).toMatch(/^"[0-9a-f]{32}"$/)
    expect(keys[8]).toBe(String.raw`"say \"hi\""`)
  })

  it('without a key is never sent twice, as nobody knows whether it took effect', async () => {
    let asked = 0
    const app = new Hono().post('/v1/products', (c) => {
      asked += 1
      return c.json({ code: 'overloaded' }, 503, busy)
    })
    const product = {
      sku: 'MUG',
      name: 'Mug',
      description: 'Holds',
      price: { amountMinor: 1, currency: 'EUR' as const },
    }
    await expect(client(app).api.v1.products.$post({ json: product })).rejects.toMatchObject({ code: 'overloaded' })
    expect(asked).toBe(1)
  })

  it('is given up after some tries, and at once where the API wants more patience than a caller has', async () => {
    let asked = 0
    let retryAfter = '0'
    const app = new Hono().get('*', (c) => {
      asked += 1
      return c.json({ code: 'dependency_unavailable' }, 503, { 'Retry-After': retryAfter })
    })
    await expect(client(app).order('o')).rejects.toMatchObject({ status: 503 })
    expect(asked).toBe(5)
    retryAfter = '3600'
    await expect(client(app).order('o')).rejects.toMatchObject({ status: 503 })
    expect(asked).toBe(6)
  })

  it('that is called off ends as every fetch does', async () => {
    const app = new Hono().get('*', (c) => c.json({}, 503, { 'Retry-After': '20' }))
    const off = new AbortController()
    const asked = client(app).order('o', { signal: off.signal })
    off.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('an access token', () => {
  const shop = () => {
    let given = 0
    const seen: string[] = []
    const refused = new Set<string>()
    const app = new Hono()
      .post('/v1/auth/login', async (c) => {
        expect(await c.req.json()).toEqual(credentials)
        return c.json({ accessToken: `t${(given += 1)}`, expiresIn: 600 })
      })
      .get('/v1/orders/:id', (c) => {
        const token = (c.req.header('Authorization') ?? '').replace('Bearer ', '')
        seen.push(token)
        return refused.has(token) ? c.json({ code: 'unauthenticated' }, 401) : c.json({ id: c.req.param('id') })
      })
    return { app, seen, refused }
  }

  it('is got once for all who wait, and used until it is refused; then a fresh one is got, once', async () => {
    const { app, seen, refused } = shop()
    const kim = client(app, { credentials })
    await Promise.all([kim.order('a'), kim.order('b')])
    refused.add('t1')
    await Promise.all([kim.order('c'), kim.order('d')])
    expect(new Set(seen)).toEqual(new Set(['t1', 't2']))
    refused.add('t2').add('t3')
    await expect(kim.order('e')).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
    expect(seen.slice(-2)).toEqual(['t2', 't3'])
  })

  it('that was given is not replaced', async () => {
    const { app, seen, refused } = shop()
    refused.add('mine')
    await expect(client(app, { token: 'mine' }).order('a')).rejects.toMatchObject({ status: 401 })
    expect(seen).toEqual(['mine'])
  })
})

describe('following an order', () => {
  const servers: { close: () => void }[] = []
  afterEach(() => servers.splice(0).forEach((server) => server.close()))

  const all = ['placed', 'processing', 'confirmed', 'dispatched', 'delivered']

  /** Tells two events, and drops the connection. */
  const forgetful = (asked: (string | undefined)[]) =>
    new Hono()
      .get('/v1/orders/:id/stream', (c) => {
        const last = c.req.header('Last-Event-ID')
        asked.push(last)
        return streamSSE(c, async (out) => {
          for (const sequence of [Number(last ?? 0) + 1, Number(last ?? 0) + 2].filter((one) => one <= all.length)) {
            const data = JSON.stringify({ sequence, data: { status: all[sequence - 1] } })
            await out.writeSSE({ id: `${sequence}`, event: 'order.x', data })
          }
        })
      })
      .post('/v1/orders', (c) => c.json({ id: 'o', status: 'placed', version: 1 }, 201))
      .get('/v1/orders/:id', (c) => c.json({ id: 'o', status: 'delivered', version: all.length }))

  async function served(app: Hono): Promise<Client> {
    const baseUrl = await new Promise<string>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
        resolve(`http://127.0.0.1:${port}`),
      )
      servers.push(server)
    })
    return makeClient({ baseUrl, token: 'good' })
  }

  it('goes on behind the last event after each drop, and ends with the order', async () => {
    const asked: (string | undefined)[] = []
    const shop = await served(forgetful(asked))
    const seen: number[] = []
    for await (const { sequence } of shop.follow('o')) seen.push(sequence)
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(asked).toEqual(['0', '2', '4'])
  })

  it('ends when the document of the order has its last event, too', async () => {
    const versions = [4, 4, 5]
    const app = new Hono()
      .get('/v1/orders/:id', (c) => c.json({ id: 'o', status: 'any', version: versions.shift() }))
      .route('/', forgetful([]))
    for await (const { sequence } of (await served(app)).follow('o')) expect(sequence).toBeLessThanOrEqual(5)
    expect(versions).toEqual([])
  })

  it('behind its last event has nothing to tell', async () => {
    const shop = await served(forgetful([]))
    for await (const entry of shop.follow('o', { after: 5 })) expect(entry).toBe('never told')
  })

  it('that is not there throws', async () => {
    const app = new Hono().all('*', (c) => c.json({ code: 'not_found' }, 404))
    await expect(client(app).follow('o').next()).rejects.toMatchObject({ status: 404, code: 'not_found' })
  })

  it('tells who places and waits the order as it is once it is settled', async () => {
    const shop = await served(forgetful([]))
    expect(await shop.placeAndWait(wish)).toMatchObject({ id: 'o', status: 'delivered' })
  })
})
