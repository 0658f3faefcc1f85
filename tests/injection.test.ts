import { beforeAll, describe, expect, inject, it } from 'vitest'
import { getRaw } from './support/raw-http.ts'
import { type OpenApi, routesOf } from './support/routes.ts'
import { newProduct, orderRequest, type Person, register, send, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person
let sku: string
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
  sku = await newProduct(admin, 10)
})

const evil = 'X-Injected: yes'

describe('a line end in a request adds no header to an answer', () => {
  it('in a body: it is refused where one line is wanted, and stays text elsewhere', async () => {
    const text = `a\r\n${evil}\r\n\r\nb`
    const order = orderRequest({ sku })
    const calls = [
      admin.call('POST', '/v1/products', {
        sku: `T\r\n${evil}`,
        name: 'x',
        price: { amountMinor: 1, currency: 'EUR' },
      }),
      admin.call('POST', '/v1/admin/service-accounts', { name: text, scopes: ['orders:read'] }),
      admin.call('POST', '/v1/admin/campaigns', { subject: text, text: 'Hello' }),
      customer.call('POST', '/v1/orders', { ...order, paymentMethod: `pm_card_visa\r\n${evil}` }),
      customer.call('POST', '/v1/orders', { ...order, shippingAddress: { ...order.shippingAddress, name: text } }),
      send(`${apiUrl}/v1/auth/register`, 'POST', {
        email: `a@b.test\r\n${evil}`,
        password: 'long enough 1',
        name: 'x',
      }),
      send(`${apiUrl}/v1/auth/register`, 'POST', { email: 'a@b.test', password: 'long enough 1', name: text }),
    ]
    for (const answer of await Promise.all(calls)) {
      expect([answer.status, answer.headers.get('x-injected')]).toEqual([422, null])
    }
  })

  it('in what a webhook is sent with: its address is a URL, in which no line ends', async () => {
    const url = `https://hooks.example.test/a\r\n${evil}`
    const { status, body } = await customer.call('POST', '/v1/webhook-endpoints', { url, events: ['order.*'] })
    expect(status === 422 || !/[\r\n]/.test(String(body['url']))).toBe(true)
    if (status === 201) await customer.call('DELETE', `/v1/webhook-endpoints/${String(body['id'])}`)
  })
})

it('a path leads to no file but those of the pages, as they were built', async () => {
  const page = await getRaw(apiUrl, '/', ['Accept: text/html'])
  expect([page.status, page.body.includes('<div id="root">')]).toEqual([200, true])
  for (const up of ['../', '..%2f', '%2e%2e/', '..%5c', '..%252f', '%00../']) {
    for (const start of ['/', '/assets/', '//', '/docs/']) {
      const target = `${start}${up.repeat(8)}package.json`
      const { status, body } = await getRaw(apiUrl, target)
      expect([target, status < 500 && status >= 200, body.includes('"dependencies"')]).toEqual([target, true, false])
    }
  }
})

describe('what every object has is nothing that anybody sets', () => {
  const polluting = [
    '{"__proto__":{"role":"admin","isAdmin":true,"polluted":1}',
    '{"constructor":{"prototype":{"role":"admin","polluted":1}}',
    '{"__proto__.polluted":1,"constructor.prototype.polluted":1',
  ]

  it('in a body of any route: it is a violation, or left out', async () => {
    const document = await send<OpenApi>(`${apiUrl}/openapi.json`, 'GET')
    const routes = routesOf(document.body).filter(({ example }) => example !== undefined)
    expect(routes.length).toBeGreaterThan(20)
    for (const { name, method, path } of routes) {
      for (const start of polluting) {
        const at = path.replaceAll(/{\w+}/g, 'constructor')
        const { status } = await customer.call(method, at, `${start}}`)
        expect([name, status < 500]).toEqual([name, true])
      }
    }
  })

  it('within a body that is good otherwise', async () => {
    const order = JSON.stringify(orderRequest({ sku })).slice(1)
    for (const start of polluting) {
      const { status, body } = await customer.call('POST', '/v1/orders', `${start},${order}`)
      expect([start, status]).toEqual([start, 422])
      expect(body).toMatchObject({ code: 'validation_failed' })
    }
  })

  it('in a query', async () => {
    const query = '__proto__[polluted]=1&__proto__.polluted=1&constructor[prototype][polluted]=1&__proto__=1'
    for (const path of ['/v1/orders', '/v1/products', '/v1/me/sessions']) {
      const { status } = await customer.call('GET', `${path}?${query}`)
      expect([path, status === 200 || status === 422]).toEqual([path, true])
    }
  })

  it('and the next one is answered as ever', async () => {
    expect((await customer.call('GET', '/v1/admin/audit')).status).toBe(403)
    const { status, body } = await customer.call('GET', '/v1/me')
    expect([status, body['role'], 'polluted' in body]).toEqual([200, 'customer', false])
  })

  it('an address with such a name in it is delivered to like any other', async () => {
    const wish = orderRequest({ sku })
    const order = {
      ...wish,
      shippingAddress: { ...wish.shippingAddress, postalCode: 'constructor', city: '__proto__' },
    }
    const { status, body } = await customer.call<{ readonly id: string }>('POST', '/v1/orders', order)
    expect(status).toBe(201)
    await customer.until(body.id, 'delivered')
  })
})
