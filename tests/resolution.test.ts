import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({ RETRY_SECONDS: '1', RETRY_ATTEMPTS: '2' })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

const retry = (by: Person, id: string, step = 'payment', note = 'The bank says it works again') =>
  by.call<{ code?: string }>('POST', `/v1/admin/orders/${id}/resolutions`, { step, action: 'retry', note })

const flags = async (id: string) =>
  types(await admin.timeline(id)).filter((type) => type === 'order.needs_attention').length

describe('a capture that the bank refuses to the last', () => {
  it('waits for an admin, who asks again with a note that stays on the timeline', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_captureFails' })
    await vi.waitFor(async () => expect(await flags(body.id)).toBe(1), { timeout: 30_000 })
    expect((await customer.order(body.id)).needsAttention).toBe(true)

    expect((await retry(customer, body.id)).status).toBe(403)
    expect((await retry(admin, body.id, 'stock')).body.code).toBe('nothing_to_resolve')
    expect((await retry(admin, body.id, 'payment', '')).status).toBe(422)
    expect((await retry(admin, crypto.randomUUID())).status).toBe(404)
    expect((await retry(admin, body.id)).status).toBe(202)

    await vi.waitFor(async () => expect(await flags(body.id)).toBe(2), { timeout: 30_000 })
    const resolved = (await admin.timeline(body.id)).find(({ type }) => type === 'order.attention_resolved')
    expect(resolved?.actor).toBe(`admin:${admin.id}`)
    expect(resolved?.data).toMatchObject({ step: 'payment', note: 'The bank says it works again' })
  })

  it('has nothing to decide on an order that is over', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku })
    await customer.until(body.id, 'delivered')
    expect((await retry(admin, body.id)).body.code).toBe('nothing_to_resolve')
  })
})
