import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { orderIdFor } from '../api/orders/ids.ts'
import { customerId } from '../domain/ids.ts'
import { sign } from '../platform/signature.ts'
import type { System } from '../stack/system.ts'
import { signForEasyPost } from '../workers/shipping/carriers/easypost-signature.ts'
import { startOwnSystem } from './support/own-system.ts'
import {
  type Answer,
  newProduct,
  orderRequest,
  type Person,
  register,
  send,
  signInAdmin,
  types,
} from './support/shop.ts'

const secret = 'a-secret-of-this-test'
const easyPostSecret = 'another-sécret'
let system: System
let admin: Person
let customer: Person

beforeAll(async () => {
  // nothing moves unless a webhook says so
  system = await startOwnSystem({
    CARRIER_DISPATCH_DELAY_MS: '3600000',
    SIMULATOR_WEBHOOK_SECRET: secret,
    EASYPOST_WEBHOOK_SECRET: easyPostSecret,
  })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

type Tracking = {
  readonly carrier: string
  readonly trackingNumber: string
  readonly status: string
  readonly events: readonly { readonly status: string; readonly description?: string; readonly location?: string }[]
}
type Listed = { readonly items: readonly { readonly id: string; readonly trackingNumber: string }[] }

const tracking = (person: Person, id: string) => person.call<Tracking>('GET', `/v1/orders/${id}/tracking`)
const statuses = async (id: string) => (await tracking(customer, id)).body.events.map(({ status }) => status)

const webhook = (type: string, trackingNumber: string, more: object = {}, occurredAt = new Date().toISOString()) => ({
  id: `evt_${randomUUID()}`,
  type: `parcel.${type}`,
  occurredAt,
  data: { trackingNumber, ...more },
})

/** Signed as the simulator does, unless told otherwise. */
const post = (event: object, signature?: (body: string) => string, body = JSON.stringify(event)) =>
  send<{ result?: string; code?: string }>(`${system.apiUrl}/v1/webhooks/shipments/simulator`, 'POST', body, {
    'webhook-signature': (signature ?? ((text) => sign(secret, text)))(JSON.stringify(event)),
  })
const told = ({ status, body }: Answer<{ result?: string; code?: string }>) => [status, body.result ?? body.code]

async function confirmed(): Promise<{ readonly id: string; readonly number: string }> {
  const sku = await newProduct(admin, 5)
  const { body } = await customer.place({ sku })
  const order = await customer.until(body.id, 'confirmed')
  return { id: body.id, number: String(order.shipment?.['trackingNumber']) }
}

const parked = async (): Promise<readonly string[]> =>
  (await admin.call<Listed>('GET', '/v1/admin/webhooks/shipments?state=parked&limit=100')).body.items.map(
    ({ id }) => id,
  )

describe('an order whose carrier reports by webhooks', () => {
  it('goes to delivered by them alone, within seconds, and keeps its parcel’s history', async () => {
    const { id, number } = await confirmed()
    expect(told(await post(webhook('dispatched', number, { location: 'Leipzig' })))).toEqual([202, 'applied'])
    await customer.until(id, 'dispatched', 5_000)
    await post(webhook('in_transit', number, { description: 'At the depot' }))
    await post(webhook('delivered', number, { location: 'Berlin' }))
    await customer.until(id, 'delivered', 10_000)
    const { body } = await tracking(customer, id)
    expect(body).toMatchObject({ carrier: 'simulator', trackingNumber: number, status: 'delivered' })
    expect(body.events).toMatchObject([
      { status: 'booked' },
      { status: 'dispatched', location: 'Leipzig' },
      { status: 'dispatched', description: 'At the depot' },
      { status: 'delivered', location: 'Berlin' },
    ])
  })

  it('takes each webhook once, however often it comes', async () => {
    const { id, number } = await confirmed()
    const [left, arrived] = [webhook('dispatched', number), webhook('delivered', number)]
    const first = await Promise.all([post(left), post(left), post(left)])
    expect(first.map(({ body }) => String(body.result)).toSorted()).toEqual(['applied', 'known', 'known'])
    expect(told(await post(arrived))).toEqual([202, 'applied'])
    expect(told(await post(arrived))).toEqual([202, 'known'])
    await customer.until(id, 'delivered', 10_000)
    expect(told(await post(left))).toEqual([202, 'known'])
    expect(await statuses(id)).toEqual(['booked', 'dispatched', 'delivered'])
    const all = types(await customer.timeline(id))
    expect(all.filter((type) => type === 'order.dispatched' || type === 'order.delivered')).toHaveLength(2)
  })

  it('is delivered though the webhooks came in reverse, and does not go back', async () => {
    const { id, number } = await confirmed()
    const earlier = new Date(Date.now() - 60_000).toISOString()
    expect(told(await post(webhook('delivered', number)))).toEqual([202, 'applied'])
    expect(told(await post(webhook('dispatched', number, {}, earlier)))).toEqual([202, 'applied'])
    await customer.until(id, 'delivered', 10_000)
    const { body } = await tracking(customer, id)
    expect(body.status).toBe('delivered')
    expect(types(await customer.timeline(id)).at(-1)).toBe('order.delivered')
  })

  it('is not moved by what nobody signed, and nothing of it is kept', async () => {
    const { id, number } = await confirmed()
    const event = webhook('delivered', number)
    const refused = [401, 'invalid_signature']
    expect(told(await post(event, (body) => sign('a wrong secret', body)))).toEqual(refused)
    expect(told(await post(event, (body) => sign(secret, body, Date.now() - 400_000)))).toEqual(refused)
    expect(told(await post(event, (body) => sign(secret, body, Date.now() + 400_000)))).toEqual(refused)
    const changed = JSON.stringify({ ...event, data: { trackingNumber: number, location: 'elsewhere' } })
    expect(told(await post(event, undefined, changed))).toEqual(refused)
    expect(told(await post(event, () => 'nonsense'))).toEqual(refused)
    const url = `${system.apiUrl}/v1/webhooks/shipments/simulator`
    expect((await send(url, 'POST', event)).status).toBe(401)
    expect((await customer.order(id)).status).toBe('confirmed')
    expect(await statuses(id)).toEqual(['booked'])
    expect(told(await post(event))).toEqual([202, 'applied']) // its id was not used up
  })
})

describe('a webhook about a parcel that nobody knows', () => {
  it('is parked, and listed for admins', async () => {
    const event = webhook('delivered', 'SIMUNKNOWN')
    expect(told(await post(event))).toEqual([202, 'parked'])
    expect(told(await post(event))).toEqual([202, 'known'])
    expect(await parked()).toContain(event.id)
    expect((await customer.call('GET', '/v1/admin/webhooks/shipments')).status).toBe(403)
    const second = webhook('lost', 'SIMUNKNOWN')
    await post(second)
    const path = '/v1/admin/webhooks/shipments?state=parked&limit=1'
    const page = await admin.call<Listed & { nextCursor: string }>('GET', path)
    const next = await admin.call<Listed>('GET', `${path}&cursor=${page.body.nextCursor}`)
    expect([...page.body.items, ...next.body.items].map(({ id }) => id)).toEqual([second.id, event.id])
  })

  it('is applied once the booking is there that it overtook', async () => {
    const key = randomUUID()
    const id = orderIdFor(customerId(customer.id), key)
    const booking = createHash('sha256').update(`${id}:shipping:perform:1`).digest('hex')
    const event = webhook('dispatched', `SIM${booking.slice(0, 12).toUpperCase()}`)
    expect(told(await post(event))).toEqual([202, 'parked'])
    const placed = await customer.place({ sku: await newProduct(admin, 1) }, { 'idempotency-key': key })
    expect(placed.body.id).toBe(id)
    await customer.until(id, 'dispatched', 20_000)
    expect(await parked()).not.toContain(event.id)
  })

  it('of another carrier never moves a parcel of the same number', async () => {
    const { id, number } = await confirmed()
    const body = JSON.stringify({
      id: `evt_${randomUUID()}`,
      object: 'Event',
      description: 'tracker.updated',
      result: { object: 'Tracker', tracking_code: number, status: 'delivered', tracking_details: [] },
    })
    const answer = await send(`${system.apiUrl}/v1/webhooks/shipments/easypost`, 'POST', body, {
      'x-hmac-signature': signForEasyPost(easyPostSecret, body),
    })
    expect(answer).toMatchObject({ status: 202, body: { result: 'parked' } })
    expect(await statuses(id)).toEqual(['booked'])
  })
})

describe('the tracking of an order', () => {
  it('is for its customer and admins; for others it does not exist', async () => {
    const { id } = await confirmed()
    expect((await tracking(customer, id)).status).toBe(200)
    expect((await tracking(admin, id)).body).toEqual((await tracking(customer, id)).body)
    expect((await tracking(await register(system.apiUrl), id)).status).toBe(404)
    expect((await send(`${system.apiUrl}/v1/orders/${id}/tracking`, 'GET')).status).toBe(401)
    expect((await tracking(customer, randomUUID())).status).toBe(404)
  })
})

describe('a parcel that the simulator', () => {
  const apiUrl = inject('apiUrl') // here parcels move by themselves
  it.each([
    ['LOST', 'lost'],
    ['RETURN', 'returned'],
  ])('carries to %s leaves and is %s: its tracking tells it, and the order needs a person', async (postalCode, end) => {
    const [staff, buyer] = await Promise.all([signInAdmin(apiUrl), register(apiUrl)])
    const { shippingAddress, ...rest } = orderRequest({ sku: await newProduct(staff, 1) })
    const wish = { ...rest, shippingAddress: { ...shippingAddress, postalCode } }
    const { body } = await buyer.call<{ id: string }>('POST', '/v1/orders', wish)
    await buyer.until(body.id, 'dispatched')
    await vi.waitFor(async () => expect((await tracking(buyer, body.id)).body.status).toBe(end), { timeout: 20_000 })
    const { events } = (await tracking(buyer, body.id)).body
    expect(events.map(({ status }) => status)).toEqual(['booked', 'dispatched', end])
    await vi.waitFor(async () => expect((await buyer.order(body.id)).needsAttention).toBe(true), { timeout: 20_000 })
    const order = await buyer.order(body.id)
    expect([order.status, order.shipment?.['status']]).toEqual(['dispatched', end])
  })
})
