import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type Client, makeClient } from '../client/index.ts'
import { newProduct, orderRequest, type OrderWish, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let sku: string
let customer: Client
beforeAll(async () => {
  sku = await newProduct(await signInAdmin(apiUrl), 10)
  customer = (await register(apiUrl)).client
})

const wish = (changes: Partial<OrderWish> = {}) => orderRequest({ sku, ...changes })

describe('the typed client', () => {
  it('places an order and waits until it is sure whether it is delivered', async () => {
    const { status, failure } = await customer.placeAndWait(wish())
    expect(['confirmed', 'dispatched', 'delivered']).toContain(status)
    expect(failure).toBeUndefined()
    const refused = await customer.placeAndWait(wish({ paymentMethod: 'pm_card_visa_chargeDeclined' }))
    expect(refused).toMatchObject({ status: 'rejected', failure: { step: 'payment', code: 'card_declined' } })
  })

  it('places once what is asked for twice with the same key', async () => {
    const key = `run "7" ${randomUUID()}`
    const [first, second] = [await customer.place(wish(), { key }), await customer.place(wish(), { key })]
    expect(second.id).toBe(first.id)
    await expect(customer.place(wish({ quantity: 2 }), { key })).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    })
  })

  it('follows an order through all its events, and goes on behind any of them', async () => {
    const { id } = await customer.place(wish())
    const seen: number[] = []
    for await (const { sequence } of customer.follow(id)) seen.push(sequence)
    expect(seen).toEqual(seen.map((_, index) => index + 1))
    expect((await customer.order(id)).status).toBe('delivered')
    const rest: number[] = []
    for await (const { sequence } of customer.follow(id, { after: 3 })) rest.push(sequence)
    expect(rest).toEqual(seen.slice(3))
    for await (const entry of customer.follow(id, { after: seen.length })) expect(entry).toBe('never told')
  })

  it('knows every other call by its path, and throws what is refused', async () => {
    const page = await (await customer.api.v1.orders.$get({ query: { limit: '2' } })).json()
    expect(page.items).toHaveLength(2)
    await expect(customer.api.v1.admin.audit.$get({ query: {} })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(customer.place({ ...wish(), lines: [] })).rejects.toMatchObject({
      code: 'validation_failed',
      violations: [{ pointer: '/lines' }],
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  it('signs in by itself, and says so where it can’t', async () => {
    const signedIn = makeClient({
      baseUrl: apiUrl,
      credentials: { email: 'customer@demo.test', password: 'customer-demo-1' },
    })
    expect(await (await signedIn.api.v1.me.$get()).json()).toMatchObject({ email: 'customer@demo.test' })
    const wrong = makeClient({ baseUrl: apiUrl, credentials: { email: 'customer@demo.test', password: 'not-this' } })
    await expect(wrong.order(randomUUID())).rejects.toMatchObject({ code: 'invalid_credentials' })
  })
})
