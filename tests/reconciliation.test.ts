import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

let system: System
let connection: Connection
let temporal: Client
let admin: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({ CARRIER_DISPATCH_DELAY_MS: '600000', RESUME_QUIET_SECONDS: '3' })
  connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
  temporal = new Client({ connection })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(async () => {
  await connection.close()
  await system.stop()
})

type Lost = { readonly id: string; readonly workflow: string; readonly holds: readonly { readonly step: string }[] }
const listed = async () =>
  (await admin.call<{ items: readonly Lost[] }>('GET', '/v1/admin/reconciliation?limit=100')).body.items
const resume = (id: string, undo: boolean, by = admin) =>
  by.call<{ code?: string }>('POST', `/v1/admin/orders/${id}/resumption`, { undo, note: 'The workflow was terminated' })

/** Confirmed, then its workflow is ended by somebody who should not have. */
async function lose(sku: string): Promise<string> {
  const { body } = await customer.place({ sku })
  await customer.until(body.id, 'confirmed')
  await temporal.workflow.getHandle(body.id).terminate('by mistake')
  return body.id
}

describe('an order whose workflow is gone', () => {
  it('is listed with what it holds, and can be undone: goods and money come back', async () => {
    const sku = await newProduct(admin, 5)
    const id = await lose(sku)
    const healthy = (await customer.place({ sku })).body.id
    await customer.until(healthy, 'confirmed')
    expect((await resume(healthy, true)).body.code).toBe('order_not_lost')

    const found = await vi.waitFor(
      async () => {
        const lost = await listed()
        expect(lost.map((one) => one.id)).toEqual([id])
        return lost[0]
      },
      { timeout: 30_000, interval: 1_000 },
    )
    expect(found?.workflow).toBe('terminated')
    expect(found?.holds.map(({ step }) => step)).toEqual(['stock', 'payment', 'shipping'])
    expect((await resume(id, true, customer)).status).toBe(403)

    await vi.waitFor(async () => expect((await resume(id, true)).status).toBe(202), { timeout: 20_000 })
    const { payment } = await customer.until(id, 'cancelled')
    expect(payment?.['status']).toBe('voided')
    await vi.waitFor(async () => expect(await available(customer, sku)).toBe(4))
    const timeline = await admin.timeline(id)
    expect(timeline.map(({ sequence }) => sequence)).toEqual(timeline.map((_, at) => at + 1))
    expect(types(timeline)).toContain('order.resumed')
    expect(await listed()).toEqual([])
    expect((await resume(id, true)).body.code).toBe('order_not_lost')
  })

  it('can be left to go on from where it was', async () => {
    const sku = await newProduct(admin, 5)
    const id = await lose(sku)
    await vi.waitFor(async () => expect((await resume(id, false)).status).toBe(202), { timeout: 20_000 })
    await vi.waitFor(async () => expect(types(await admin.timeline(id))).toContain('order.resumed'))
    expect((await customer.order(id)).status).toBe('confirmed')
    expect((await customer.call('POST', `/v1/orders/${id}/cancellation`, {})).status).toBe(202)
    await customer.until(id, 'cancelled')
    expect((await resume(crypto.randomUUID(), false)).status).toBe(404)
  })
})
