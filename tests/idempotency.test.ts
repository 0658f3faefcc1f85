import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { available, newProduct, orderRequest, type Person, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
})

describe('the same Idempotency-Key', () => {
  it('and the same body is the same order, 200 and marked as replayed', async () => {
    const sku = await newProduct(admin, 5)
    const key = { 'idempotency-key': randomUUID() }
    const first = await customer.place({ sku }, key)
    const second = await customer.place({ sku }, key)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body.id).toBe(first.body.id)
    expect(second.headers.get('idempotency-replayed')).toBe('true')
  })

  it('and another body is refused with 422, and nothing is started', async () => {
    const sku = await newProduct(admin, 5)
    const key = { 'idempotency-key': randomUUID() }
    const first = await customer.place({ sku }, key)
    const other = await customer.call<{ code: string }>('POST', '/v1/orders', orderRequest({ sku, quantity: 2 }), key)
    expect(other.status).toBe(422)
    expect(other.body.code).toBe('idempotency_key_reused')
    await customer.until(first.body.id, 'delivered')
    expect(await available(customer, sku)).toBe(4)
  })

  it('twenty times at once is one order', async () => {
    const sku = await newProduct(admin, 50)
    const key = { 'idempotency-key': randomUUID() }
    const all = await Promise.all(Array.from({ length: 20 }, () => customer.place({ sku }, key)))
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1)
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 200)).toHaveLength(19)
    await customer.until(all[0]?.body.id ?? '', 'delivered')
    expect(await available(customer, sku)).toBe(49)
  })

  it('of another customer is another order', async () => {
    const sku = await newProduct(admin, 5)
    const key = { 'idempotency-key': randomUUID() }
    const stranger = await register(apiUrl)
    const [mine, theirs] = [await customer.place({ sku }, key), await stranger.place({ sku }, key)]
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  it('is still the same order after the workflow is gone from Temporal, with its timeline and saga', async () => {
    const sku = await newProduct(admin, 5)
    const key = { 'idempotency-key': randomUUID() }
    const first = await customer.place({ sku }, key)
    await customer.until(first.body.id, 'delivered')
    const told = () =>
      Promise.all(
        ['', '/timeline', '/saga'].map(async (part) => {
          const { status, body } = await customer.call('GET', `/v1/orders/${first.body.id}${part}`)
          expect(status).toBe(200)
          return body
        }),
      )
    const before = await told()
    await forget(first.body.id)
    expect(await told()).toEqual(before)
    const again = await customer.place({ sku }, key)
    expect([again.status, again.body.id, again.body.status]).toEqual([200, first.body.id, 'delivered'])
    expect(await available(customer, sku)).toBe(4)
  }, 120_000)
})

/** What retention does, at once. */
async function forget(workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address: inject('serverEnv')['TEMPORAL_ADDRESS'] ?? '' })
  // The server deletes what it knows to be closed, which it notes down from time to time.
  await new Client({ connection }).workflow.getHandle(workflowId).result()
  const named = { namespace: 'default', workflowExecution: { workflowId } }
  await connection.workflowService.deleteWorkflowExecution(named)
  await vi.waitFor(
    () =>
      expect(
        connection.workflowService.describeWorkflowExecution({ namespace: 'default', execution: { workflowId } }),
      ).rejects.toThrow(/not found/i),
    { timeout: 100_000, interval: 200 },
  )
  await connection.close()
}
