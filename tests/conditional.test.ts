import { beforeAll, describe, expect, inject, it } from 'vitest'
import { newProduct, type Person, register, send, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person
let sku: string
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  sku = await newProduct(admin, 100)
  customer = await register(apiUrl)
})

const get = (person: Person, path: string, headers?: Record<string, string>) =>
  person.call('GET', path, undefined, headers)

async function delivered(): Promise<string> {
  const { body } = await customer.place({ sku })
  await customer.until(body.id, 'delivered')
  return body.id
}

describe('an answer that the client has is not sent again', () => {
  it('of one order, its timeline, its saga, lists and products', async () => {
    const id = await delivered()
    const paths = ['', '/timeline', '/saga', '/returns', '/tracking'].map((part) => `/v1/orders/${id}${part}`)
    for (const path of [...paths, '/v1/orders', '/v1/products', `/v1/products/${sku}`]) {
      const first = await get(customer, path)
      const tag = first.headers.get('ETag') ?? ''
      expect([path, first.status, tag]).toEqual([path, 200, expect.stringMatching(/^W\/"[0-9a-f]{32}"$/)])
      const again = await fetch(`${apiUrl}${path}`, {
        headers: { Authorization: `Bearer ${customer.token}`, 'If-None-Match': `"other", ${tag}` },
      })
      expect([path, again.status, await again.text(), again.headers.get('ETag')]).toEqual([path, 304, '', tag])
      expect(again.headers.get('X-Request-Id')).toMatch(/^[0-9a-f]{32}$/)
      expect((await get(customer, path, { 'If-None-Match': '"other"' })).status).toBe(200)
    }
  })

  it('and nobody in between may keep an order, nobody at all what is about accounts', async () => {
    const cacheControl = async (path: string) => (await get(customer, path)).headers.get('Cache-Control')
    expect(await cacheControl('/v1/orders')).toBe('private, no-cache')
    expect(await cacheControl('/v1/products')).toBe('no-cache')
    expect(await cacheControl('/v1/me')).toBe('no-store')
  })

  it('is refused to whoever may not see it, tag or not', async () => {
    const id = await delivered()
    const tag = (await get(customer, `/v1/orders/${id}`)).headers.get('ETag') ?? ''
    const stranger = await register(apiUrl)
    expect((await get(stranger, `/v1/orders/${id}`, { 'If-None-Match': tag })).status).toBe(404)
    expect((await send(`${apiUrl}/v1/orders/${id}`, 'GET', undefined, { 'If-None-Match': tag })).status).toBe(401)
  })
})

describe('Prefer: wait on an order', () => {
  it('answers once something has happened to it', async () => {
    // never answered, so that it changes when it is cancelled and not before
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' }, { Prefer: 'wait=1' })
    const known = await get(customer, `/v1/orders/${body.id}`)
    const tag = known.headers.get('ETag') ?? ''
    const waiting = get(customer, `/v1/orders/${body.id}`, { 'If-None-Match': tag, Prefer: 'wait=30' })
    expect((await customer.call('POST', `/v1/orders/${body.id}/cancellation`, {})).status).toBe(202)
    const changed = await waiting
    expect(changed.status).toBe(200)
    expect(changed.headers.get('Preference-Applied')).toBe('wait=30')
    expect(changed.body['version']).toBeGreaterThan(Number(known.body['version']))
  })

  it('says after that time that nothing has', async () => {
    const id = await delivered()
    const tag = (await get(customer, `/v1/orders/${id}`)).headers.get('ETag') ?? ''
    const answer = await get(customer, `/v1/orders/${id}`, { 'If-None-Match': tag, Prefer: 'wait=1' })
    expect([answer.status, answer.headers.get('Preference-Applied')]).toEqual([304, 'wait=1'])
  })

  it('answers at once to whoever knows another state of it', async () => {
    const id = await delivered()
    const answer = await get(customer, `/v1/orders/${id}`, { 'If-None-Match': '"another"', Prefer: 'wait=30' })
    expect([answer.status, answer.headers.get('Preference-Applied')]).toEqual([200, null])
  })
})

it('HEAD answers as GET does, without the body', async () => {
  const id = await delivered()
  for (const path of [`/v1/orders/${id}`, '/v1/orders', `/v1/orders/${id}/stream`, '/v1/products']) {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${customer.token}` },
    })
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, ''])
    if (!path.endsWith('/stream')) {
      expect(answer.headers.get('ETag')).toBe((await get(customer, path)).headers.get('ETag'))
    }
  }
})

it('a request keeps the id it came with, and its problem the trace', async () => {
  const answer = await get(customer, '/v1/orders/unknown', { 'X-Request-Id': 'till-7:4711' })
  expect(answer.headers.get('X-Request-Id')).toBe('till-7:4711')
  expect(answer.body['traceId']).toMatch(/^[0-9a-f]{32}$/)
  expect((await get(customer, '/v1/me', { 'X-Request-Id': 'two words' })).headers.get('X-Request-Id')).not.toContain(
    ' ',
  )
})
