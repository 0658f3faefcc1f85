import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import { type Client, makeClient } from '../../client/index.ts'

export type Json = Readonly<Record<string, unknown>>
type GivenHeaders = Readonly<Record<string, string>>
export type Answer<Body = Json> = { readonly status: number; readonly body: Body; readonly headers: Headers }

export type OrderBody = {
  readonly id: string
  readonly status: string
  readonly version: number
  readonly needsAttention: boolean
  readonly actions: readonly string[]
  readonly payment?: Json
  readonly shipment?: Json
  readonly failure?: { readonly step: string; readonly code: string; readonly message: string }
}
export type TimelineItem = {
  readonly sequence: number
  readonly type: string
  readonly actor: string
  readonly data: Json
}

/** A person with a browser, or a program: signed in, talking HTTP, nothing else. */
export type Person = {
  readonly id: string
  readonly token: string
  /** As a program written in TypeScript talks to the shop: typed, with refusals thrown. */
  readonly client: Client
  readonly call: <Body = Json>(
    method: string,
    path: string,
    body?: unknown,
    headers?: GivenHeaders,
  ) => Promise<Answer<Body>>
  readonly place: (order: OrderWish, headers?: GivenHeaders) => Promise<Answer<OrderBody>>
  readonly order: (id: string) => Promise<OrderBody>
  readonly timeline: (id: string) => Promise<readonly TimelineItem[]>
  /** Waits for the fact, not for a time. */
  readonly until: (id: string, status: string, timeout?: number) => Promise<OrderBody>
}

export type OrderWish = {
  readonly sku: string
  readonly quantity?: number
  readonly paymentMethod?: string
  readonly country?: string
}

export const orderRequest = ({ sku, quantity = 1, paymentMethod = 'pm_card_visa', country = 'DE' }: OrderWish) => ({
  lines: [{ sku, quantity }],
  shippingAddress: { name: 'Ada Example', line1: 'Example Street 1', city: 'Berlin', postalCode: '10115', country },
  paymentMethod,
})

export async function send<Body = Json>(
  url: string,
  method: string,
  body?: unknown,
  headers?: GivenHeaders,
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body, headers: response.headers }
}

type Session = { readonly user: { readonly id: string }; readonly accessToken: string }

export async function signIn(apiUrl: string, email: string, password: string): Promise<Person> {
  const { status, body } = await send<Session>(`${apiUrl}/v1/auth/login`, 'POST', { email, password })
  expect(status, 'login').toBe(200)
  return person(apiUrl, body)
}

export async function register(apiUrl: string, name = 'Ada Example'): Promise<Person> {
  const account = { email: `${randomUUID()}@shop.test`, password: `pass-${randomUUID()}`, name }
  const { status, body } = await send<Session>(`${apiUrl}/v1/auth/register`, 'POST', account)
  expect(status, 'register').toBe(201)
  return person(apiUrl, body)
}

export const signInAdmin = (apiUrl: string): Promise<Person> => signIn(apiUrl, 'admin@demo.test', 'admin-demo-1')

function person(apiUrl: string, { user, accessToken: token }: Session): Person {
  const call: Person['call'] = (method, path, body, headers) =>
    send(`${apiUrl}${path}`, method, body, { authorization: `Bearer ${token}`, ...headers })
  const order: Person['order'] = async (id) => {
    const { status, body } = await call<OrderBody>('GET', `/v1/orders/${id}`)
    expect(status, `GET order ${id}`).toBe(200)
    return body
  }
  return {
    id: user.id,
    token,
    client: makeClient({ baseUrl: apiUrl, token }),
    call,
    order,
    place: (wish, headers) => call<OrderBody>('POST', '/v1/orders', orderRequest(wish), headers),
    async timeline(id) {
      const { body } = await call<{ items: readonly TimelineItem[] }>('GET', `/v1/orders/${id}/timeline`)
      return body.items
    },
    until: (id, status, timeout = 60_000) =>
      vi.waitFor(
        async () => {
          const now = await order(id)
          expect(now.status).toBe(status)
          return now
        },
        { timeout, interval: 50 },
      ),
  }
}

/** A product of the test's own, so that tests don't share levels. */
export async function newProduct(admin: Person, stock: number, amountMinor = 1_000): Promise<string> {
  const sku = `T-${randomUUID().slice(0, 8).toUpperCase()}`
  const product = { sku, name: `Product ${sku}`, description: 'For a test', price: { amountMinor, currency: 'EUR' } }
  expect((await admin.call('POST', '/v1/products', product)).status).toBe(201)
  if (stock > 0) {
    const adjusted = await admin.call('POST', `/v1/products/${sku}/stock-adjustments`, { delta: stock, reason: 'test' })
    expect(adjusted.status).toBe(201)
  }
  return sku
}

export async function available(person: Person, sku: string): Promise<number> {
  const { body } = await person.call<{ available: number }>('GET', `/v1/products/${sku}`)
  return body.available
}

export const types = (items: readonly TimelineItem[]): readonly string[] => items.map(({ type }) => type)
