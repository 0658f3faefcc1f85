import { beforeAll, describe, expect, inject, it } from 'vitest'
import { newProduct, orderRequest, type Person, register, send, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let customer: Person
let sku: string
beforeAll(async () => {
  const admin = await signInAdmin(apiUrl)
  sku = await newProduct(admin, 100)
  customer = await register(apiUrl)
})

type Problem = {
  readonly code: string
  readonly traceId: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]
}

const post = (body: unknown, headers?: Record<string, string>) =>
  customer.call<Problem>('POST', '/v1/orders', body, headers)
const line = (quantity: unknown, ofSku: unknown = sku) => ({ sku: ofSku, quantity })
const withLines = (lines: unknown) => ({ ...orderRequest({ sku }), lines })

async function expectNothingStarted(): Promise<void> {
  const { body } = await customer.call<{ items: readonly unknown[] }>('GET', '/v1/orders')
  expect(body.items).toEqual([])
}

describe('bad input gets a clear problem, and nothing is started', () => {
  it.each([
    ['unknown SKU', () => withLines([line(1, 'NO-SUCH-SKU')]), '/lines/0/sku'],
    ['quantity 0', () => withLines([line(0)]), '/lines/0/quantity'],
    ['quantity -1', () => withLines([line(-1)]), '/lines/0/quantity'],
    ['quantity 1.5', () => withLines([line(1.5)]), '/lines/0/quantity'],
    ['quantity 1001', () => withLines([line(1001)]), '/lines/0/quantity'],
    ['a quantity in words', () => withLines([line('one')]), '/lines/0/quantity'],
    ['51 lines', () => withLines(Array.from({ length: 51 }, (_, i) => line(1, `SKU-${i}`))), '/lines'],
    ['no lines', () => withLines([]), '/lines'],
    ['a repeated SKU', () => withLines([line(1), line(2)]), '/lines/1/sku'],
    ['a price sent by the client', () => withLines([{ ...line(1), unitPrice: 1 }]), '/lines/0/unitPrice'],
    ['an unknown field', () => ({ ...orderRequest({ sku }), status: 'delivered' }), '/status'],
    ['a country that is no code', () => orderRequest({ sku, country: 'Germany' }), '/shippingAddress/country'],
    ['no address', () => ({ lines: [line(1)], paymentMethod: 'pm_card_visa' }), '/shippingAddress'],
  ])('%s', async (_name, body, pointer) => {
    const answer = await post(body())
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer)
    expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/)
    await expectNothingStarted()
  })

  it('no body, and no word of one', async () => {
    const answer = await send<Problem>(`${apiUrl}/v1/orders`, 'POST', undefined, {
      authorization: `Bearer ${customer.token}`,
    })
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
  })

  it('a path, filter or cursor that the database can’t compare', async () => {
    const admin = await signInAdmin(apiUrl)
    const found = async (path: string) => (await admin.call('GET', path)).status
    for (const path of [
      '/v1/products/é',
      '/v1/orders/é/returns',
      '/v1/orders/é',
      '/v1/admin/products/é/stock-ledger',
    ]) {
      expect([path, await found(path)]).toEqual([path, 404])
    }
    const cursor = Buffer.from(JSON.stringify(['2026-01-01T00:00:00Z', 'é', 'é'])).toString('base64url')
    const lists = ['/v1/admin/audit?target=é', `/v1/admin/webhooks/payments?cursor=${cursor}`]
    for (const path of lists) expect([path, await found(path)]).toEqual([path, 422])
  })

  it('all violations at once', async () => {
    const { body } = await post({ lines: [line(0), line(1.5, 'bad sku')], extra: 1 })
    const pointers = body.errors?.map(({ pointer }) => pointer)
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/lines/0/quantity',
        '/lines/1/quantity',
        '/lines/1/sku',
        '/extra',
        '/shippingAddress',
        '/paymentMethod',
      ]),
    )
  })

  it.each([
    ['broken JSON', '{"lines": [', {}, 400],
    ['another content type', 'lines=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a body of 1 MB', JSON.stringify({ lines: 'x'.repeat(1_000_000) }), {}, 413],
  ])('%s', async (_name, body, headers, status) => {
    const answer = await post(body, headers)
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBeTypeOf('string')
    await expectNothingStarted()
  })

  it.each([
    ['no token', {}],
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['an unsigned token', { authorization: `Bearer ${forged({ alg: 'none', typ: 'at+jwt' })}.` }],
    ['a foreign signature', { authorization: `Bearer ${forged({ alg: 'EdDSA', typ: 'at+jwt', kid: 'x' })}.AAAA` }],
  ])('a token that is no token: %s', async (_name, headers) => {
    const answer = await send<Problem>(`${apiUrl}/v1/orders`, 'POST', orderRequest({ sku }), headers)
    expect(answer.status).toBe(401)
    expect(answer.body.code).toBeTypeOf('string')
  })

  it('an admin call by a customer is refused', async () => {
    const product = { sku: 'X-1', name: 'x', description: 'x', price: { amountMinor: 1, currency: 'EUR' } }
    expect((await customer.call('POST', '/v1/products', product)).status).toBe(403)
    expect(
      (await customer.call('POST', `/v1/products/${sku}/stock-adjustments`, { delta: 1, reason: 'x' })).status,
    ).toBe(403)
  })
})

function forged(header: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 600
  return `${part(header)}.${part({ sub: 'x', role: 'admin', iss: 'holdfast', aud: 'holdfast-api', exp, iat: exp - 600, jti: 'x' })}`
}
