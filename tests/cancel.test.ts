import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  // A carrier that takes its time: a confirmed order stays confirmed while it is cancelled.
  system = await startOwnSystem({ CARRIER_DISPATCH_DELAY_MS: '3600000' })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

const cancel = (id: string, by: Person = customer) =>
  by.call<{ status: string; code?: string }>('POST', `/v1/orders/${id}/cancellation`, { reason: 'changed my mind' })

describe('a cancellation', () => {
  it('while payment is silent undoes both steps of the first stage', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
    await vi.waitFor(async () => expect(types(await customer.timeline(body.id))).toContain('order.stock_reserved'), {
      timeout: 20_000,
    })
    const answer = await cancel(body.id)
    expect([answer.status, answer.body.status]).toEqual([202, 'cancelling'])
    expect((await cancel(body.id)).status).toBe(202) // cancelling again is no error
    await customer.until(body.id, 'cancelled')
    expect(await available(customer, sku)).toBe(5)
    const items = types(await customer.timeline(body.id))
    expect(items).toContain('order.stock_released')
    expect(items).toContain('order.payment_voided')
    expect(items.at(-1)).toBe('order.cancelled')
  })

  it('while shipping is asked cancels the shipment first, then voids and releases', async () => {
    const sku = await newProduct(admin, 5)
    await system.process('shipping').stop()
    const { body } = await customer.place({ sku })
    await vi.waitFor(
      async () =>
        expect(types(await customer.timeline(body.id))).toEqual(
          expect.arrayContaining(['order.stock_reserved', 'order.payment_authorized']),
        ),
      { timeout: 20_000 },
    )
    expect((await cancel(body.id)).status).toBe(202)
    await system.start('shipping')
    await customer.until(body.id, 'cancelled')
    const items = types(await customer.timeline(body.id))
    expect(items.indexOf('order.shipment_cancelled')).toBeGreaterThan(0)
    expect(items.indexOf('order.payment_voided')).toBeGreaterThan(items.indexOf('order.shipment_cancelled'))
    expect(items.indexOf('order.stock_released')).toBeGreaterThan(items.indexOf('order.shipment_cancelled'))
    expect(await available(customer, sku)).toBe(5)
  })

  it('of a confirmed order calls the parcel back, voids and releases', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku })
    const confirmed = await customer.until(body.id, 'confirmed')
    expect(confirmed.actions).toEqual(['cancel'])
    expect((await cancel(body.id)).status).toBe(202)
    const cancelled = await customer.until(body.id, 'cancelled')
    expect(cancelled.payment?.['status']).toBe('voided')
    expect(cancelled.shipment?.['status']).toBe('cancelled')
    expect(await available(customer, sku)).toBe(5)
    const saga = await customer.call<{ steps: readonly { step: string; compensation: { state: string } }[] }>(
      'GET',
      `/v1/orders/${body.id}/saga`,
    )
    expect(saga.body.steps.map(({ step, compensation }) => [step, compensation.state])).toEqual([
      ['stock', 'done'],
      ['payment', 'done'],
      ['shipping', 'done'],
    ])
    expect((await cancel(body.id)).status).toBe(409) // it is over
  })

  it('by staff is told on the timeline with who did it', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku })
    await customer.until(body.id, 'confirmed')
    expect((await cancel(body.id, admin)).status).toBe(202)
    await customer.until(body.id, 'cancelled')
    const actor = async (reader: Person) =>
      (await reader.timeline(body.id)).find(({ type }) => type === 'order.cancellation_requested')?.actor
    expect(await actor(admin)).toBe(`admin:${admin.id}`)
    expect(await actor(customer)).toBe('admin') // who exactly is not the customer's business
  })

  it('of a failing or rejected order is refused with 409', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_card_visa_chargeDeclined' })
    await customer.until(body.id, 'rejected')
    const answer = await cancel(body.id)
    expect([answer.status, answer.body.code]).toEqual([409, 'order_not_cancellable'])
  })

  it("of another customer's order is not found", async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku })
    const stranger = await register(system.apiUrl)
    expect((await cancel(body.id, stranger)).status).toBe(404)
    expect((await stranger.call('GET', `/v1/orders/${body.id}`)).status).toBe(404)
    expect((await stranger.call('GET', `/v1/orders/${body.id}/timeline`)).status).toBe(404)
    expect((await stranger.call('GET', `/v1/orders/${body.id}/saga`)).status).toBe(404)
  })
})
