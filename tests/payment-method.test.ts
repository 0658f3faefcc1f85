import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

const declined = 'pm_card_visa_chargeDeclined'
const graceSeconds = 8

let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({
    PAYMENT_GRACE_SECONDS: String(graceSeconds),
    DISPATCH_DEADLINE_SECONDS: '2',
    CARRIER_DISPATCH_DELAY_MS: '4000',
  })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

const pay = (id: string, paymentMethod: string, by = customer) =>
  by.call<{ code?: string }>('POST', `/v1/orders/${id}/payment-method`, { paymentMethod })

async function placeDeclined(sku: string): Promise<string> {
  const { body } = await customer.place({ sku, paymentMethod: declined })
  await vi.waitFor(async () => expect((await customer.order(body.id)).actions).toContain('changePaymentMethod'), {
    timeout: 20_000,
    interval: 50,
  })
  return body.id
}

describe('a declined card', () => {
  it('need not be the end: another one is asked, and the reservation is held meanwhile', async () => {
    const sku = await newProduct(admin, 5)
    const id = await placeDeclined(sku)
    await vi.waitFor(async () => expect(await available(customer, sku)).toBe(4))
    expect((await pay(id, 'nonsense')).status).toBe(422)
    expect((await pay(id, 'pm_card_visa', await register(system.apiUrl))).status).toBe(404)
    expect((await pay(id, 'pm_card_visa')).status).toBe(202)
    await customer.until(id, 'confirmed')
    expect((await customer.order(id)).payment).toMatchObject({ status: 'authorized' })
    expect(await available(customer, sku)).toBe(4)
    expect((await pay(id, 'pm_card_visa')).body.code).toBe('payment_method_not_awaited')
    await customer.until(id, 'delivered')
    expect((await customer.order(id)).payment).toMatchObject({ status: 'captured' })
  })

  it('may be followed by another one that is declined too', async () => {
    const id = await placeDeclined(await newProduct(admin, 5))
    await pay(id, 'pm_card_visa_chargeDeclinedInsufficientFunds')
    await vi.waitFor(
      async () => {
        const declines = types(await customer.timeline(id)).filter((type) => type === 'order.payment_declined')
        expect(declines).toHaveLength(2)
      },
      { timeout: 20_000 },
    )
    expect((await pay(id, 'pm_card_visa')).status).toBe(202)
    await customer.until(id, 'confirmed')
  })

  it('ends the order when no other one came in time, and what was reserved is released', async () => {
    const sku = await newProduct(admin, 5)
    const id = await placeDeclined(sku)
    const { failure } = await customer.until(id, 'rejected')
    expect(failure).toMatchObject({ step: 'payment', code: 'card_declined' })
    await vi.waitFor(async () => expect(await available(customer, sku)).toBe(5))
    expect((await pay(id, 'pm_card_visa')).body.code).toBe('payment_method_not_awaited')
  })

  it('is no reason to wait for an order that is cancelled', async () => {
    const sku = await newProduct(admin, 5)
    const id = await placeDeclined(sku)
    expect((await customer.call('POST', `/v1/orders/${id}/cancellation`, {})).status).toBe(202)
    await customer.until(id, 'cancelled')
    await vi.waitFor(async () => expect(await available(customer, sku)).toBe(5))
  })
})

describe('a confirmed order that is not dispatched in time', () => {
  it('needs attention, and no longer when the parcel has left', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5) })
    await vi.waitFor(async () => expect((await customer.order(body.id)).needsAttention).toBe(true), { timeout: 20_000 })
    const flag = (await admin.timeline(body.id)).find(({ type }) => type === 'order.needs_attention')
    expect(flag?.data).toMatchObject({ reason: { code: 'not_dispatched' } })
    const { needsAttention } = await customer.until(body.id, 'delivered')
    expect(needsAttention).toBe(false)
    expect(types(await admin.timeline(body.id))).toContain('order.attention_resolved')
  })
})
