import { beforeAll, describe, expect, inject, it } from 'vitest'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person

beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
})

describe('an order', () => {
  it('goes from placed to delivered, each participant doing its part through Kafka', async () => {
    const sku = await newProduct(admin, 10)
    const placed = await customer.place({ sku, quantity: 3 })
    expect(placed.status).toBe(201)
    expect(placed.headers.get('location')).toBe(`/v1/orders/${placed.body.id}`)
    const directly = await customer.order(placed.body.id)
    expect(directly.id).toBe(placed.body.id)

    const done = await customer.until(placed.body.id, 'delivered')
    expect(done.payment?.['status']).toBe('captured')
    expect(done.shipment?.['status']).toBe('delivered')
    expect(done.actions).toEqual(['return'])
    expect(await available(customer, sku)).toBe(7)
    const timeline = await customer.timeline(placed.body.id)
    expect(timeline.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect([...types(timeline)].sort()).toEqual(
      [
        'order.placed',
        'order.stock_reserved',
        'order.payment_authorized',
        'order.shipment_booked',
        'order.confirmed',
        'order.dispatched',
        'order.stock_committed',
        'order.payment_captured',
        'order.delivered',
      ].sort(),
    )
    expect(types(timeline).at(-1)).toBe('order.delivered')
  })

  it('is rejected when stock is short, and its payment is voided', async () => {
    const sku = await newProduct(admin, 2)
    const { body } = await customer.place({ sku, quantity: 3 })
    const rejected = await customer.until(body.id, 'rejected')
    expect(rejected.failure).toMatchObject({ step: 'stock', code: 'out_of_stock' })
    expect(await available(customer, sku)).toBe(2)
    const items = types(await customer.timeline(body.id))
    expect(items).toContain('order.payment_voided')
    expect(items).not.toContain('order.stock_released')
  })

  it('is rejected when the card is declined, and its reservation is released', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_card_visa_chargeDeclined' })
    const rejected = await customer.until(body.id, 'rejected')
    expect(rejected.failure).toMatchObject({ step: 'payment', code: 'card_declined' })
    expect(await available(customer, sku)).toBe(5)
  })

  it('is rejected when nobody delivers there, and undone in reverse: payment voided, stock released', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, country: 'ZZ' })
    const rejected = await customer.until(body.id, 'rejected')
    expect(rejected.failure).toMatchObject({ step: 'shipping', code: 'undeliverable' })
    expect(await available(customer, sku)).toBe(5)
    const items = types(await customer.timeline(body.id))
    expect(items).toContain('order.payment_voided')
    expect(items).toContain('order.stock_released')
    expect(items).not.toContain('order.shipment_cancelled')
  })

  it('whose payment stays silent is rejected at its deadline; the late success is told and undone', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
    const other = await customer.place({ sku })
    await customer.until(other.body.id, 'delivered') // one silent payment delays nobody else
    const rejected = await customer.until(body.id, 'rejected')
    expect(rejected.failure).toMatchObject({ step: 'payment', code: 'timed_out' })
    expect(rejected.payment?.['status']).toBe('voided')
    const items = types(await customer.timeline(body.id))
    expect(items.indexOf('order.payment_authorized')).toBeGreaterThan(items.indexOf('order.step_timed_out'))
    expect(items.indexOf('order.payment_voided')).toBeGreaterThan(items.indexOf('order.payment_authorized'))
    expect(await available(customer, sku)).toBe(4)
  })

  it('of two racing for the last unit, one wins', async () => {
    const sku = await newProduct(admin, 1)
    const both = await Promise.all([customer.place({ sku }), customer.place({ sku })])
    const ends = await Promise.all(both.map(({ body }) => waitForEnd(body.id)))
    expect(ends.sort()).toEqual(['delivered', 'rejected'])
    expect(await available(customer, sku)).toBe(0)
  })

  it('answers settled with Prefer: wait', async () => {
    const sku = await newProduct(admin, 1)
    const { status, body } = await customer.place({ sku }, { prefer: 'wait=10' })
    expect(status).toBe(201)
    expect(['confirmed', 'dispatched', 'delivered']).toContain(body.status)
  })
})

async function waitForEnd(id: string): Promise<string> {
  for await (const { type } of customer.client.follow(id)) expect(type).toMatch(/^order\./)
  return (await customer.order(id)).status
}

describe('a stuck capture', () => {
  it('is asked again as a new round, and the order waits instead of pretending to be done', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_captureFails' })
    await customer.until(body.id, 'dispatched')
    const saga = await admin.call<{ steps: readonly { step: string; settlement: { state: string } | null }[] }>(
      'GET',
      `/v1/orders/${body.id}/saga`,
    )
    expect(saga.status).toBe(200)
    expect((await customer.order(body.id)).status).toBe('dispatched')
  })
})
