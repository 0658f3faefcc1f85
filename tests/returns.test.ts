import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { returnsWorkflowId } from '../workflows/messages.ts'
import { startOwnSystem } from './support/own-system.ts'
import { openProgram } from './support/program.ts'
import { available, newProduct, type Person, register, signIn, signInAdmin, types } from './support/shop.ts'

let system: System
let admin: Person
let second: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({ RETURN_APPROVED_UP_TO_MINOR: '1500', RESUME_QUIET_SECONDS: '2' })
  admin = await signInAdmin(system.apiUrl)
  second = await signIn(system.apiUrl, 'admin2@demo.test', 'admin-demo-2')
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

type Caller = Pick<Person, 'call'>

type Return = {
  readonly number: number
  readonly status: string
  readonly amount: { readonly amountMinor: number }
  readonly restocked: boolean
  readonly refunded: boolean
  readonly code?: string
}

async function delivered(quantity: number): Promise<{ readonly id: string; readonly sku: string }> {
  const sku = await newProduct(admin, 10)
  const { body } = await customer.place({ sku, quantity })
  await customer.until(body.id, 'delivered')
  return { id: body.id, sku }
}

const send = (id: string, lines: unknown, headers?: Readonly<Record<string, string>>, by: Caller = customer) =>
  by.call<Return>('POST', `/v1/orders/${id}/returns`, { lines, reason: 'It leaks' }, headers)
const decide = (id: string, number: number, what: 'approval' | 'receipt', body: unknown = {}, by: Caller = admin) =>
  by.call<Return>('POST', `/v1/admin/orders/${id}/returns/${number}/${what}`, body)
const refund = (id: string, amountMinor: number, by: Caller = admin) =>
  by.call<Return>('POST', `/v1/admin/orders/${id}/refunds`, {
    amount: { amountMinor, currency: 'EUR' },
    reason: 'Came late',
  })

const read = async (id: string, number: number) =>
  (await customer.call<Return>('GET', `/v1/orders/${id}/returns/${number}`)).body
const until = (id: string, number: number, status: string) =>
  vi.waitFor(
    async () => {
      const found = await read(id, number)
      expect(found.status).toBe(status)
      return found
    },
    { timeout: 30_000, interval: 50 },
  )

describe('goods that are sent back', () => {
  it('go to the shelf and are paid back, each proven, part by part', async () => {
    const { id, sku } = await delivered(3)
    expect(await available(customer, sku)).toBe(7)

    const first = await send(id, [{ sku, quantity: 1 }])
    expect(first.status).toBe(201)
    expect(first.headers.get('location')).toBe(`/v1/orders/${id}/returns/1`)
    expect(first.body).toMatchObject({ number: 1, status: 'approved', amount: { amountMinor: 1000 } })
    expect((await decide(id, 1, 'receipt')).status).toBe(202)
    expect(await until(id, 1, 'completed')).toMatchObject({ restocked: true, refunded: true })
    expect(await available(customer, sku)).toBe(8)

    // above the sum that needs no approval
    expect((await send(id, [{ sku, quantity: 2 }])).body.status).toBe('requested')
    expect((await decide(id, 2, 'receipt')).body.code).toBe('return_in_other_state')
    expect((await decide(id, 2, 'approval', { approve: true }, customer)).status).toBe(403)
    expect((await decide(id, 2, 'approval', { approve: true, note: 'photos seen' })).body.status).toBe('approved')
    expect((await decide(id, 2, 'receipt')).status).toBe(202)
    await until(id, 2, 'completed')
    expect(await available(customer, sku)).toBe(10)

    const told = types(await customer.timeline(id)).filter((type) => type.startsWith('return.'))
    expect(told.filter((type) => type !== 'return.restocked' && type !== 'return.refunded')).toEqual(
      [1, 2].flatMap(() => ['return.requested', 'return.approved', 'return.goods_received', 'return.completed']),
    )
    expect(told).toHaveLength(12)
    expect((await customer.order(id)).status).toBe('delivered')
  })

  it('are never more than was bought, however many ask at once', async () => {
    const { id, sku } = await delivered(2)
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(id, [{ sku, quantity: 1 }])))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      201,
      ...Array.from({ length: 6 }, () => 409),
    ])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('more_than_bought')
  })

  it('are one return however often the same request comes', async () => {
    const { id, sku } = await delivered(2)
    const headers = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all([1, 2, 3].map(() => send(id, [{ sku, quantity: 1 }], headers)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201])
    expect(answers.map(({ body }) => body.number)).toEqual([1, 1, 1])
    const other = await send(id, [{ sku, quantity: 2 }], headers)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it('may be declined, and asked for again', async () => {
    const { id, sku } = await delivered(2)
    expect((await send(id, [{ sku, quantity: 2 }])).body.status).toBe('requested')
    expect((await decide(id, 1, 'approval', { approve: false })).body.status).toBe('declined')
    expect((await send(id, [{ sku, quantity: 2 }])).body.number).toBe(2)
  })

  it('are refused before the order is delivered, of a stranger, and in nonsense', async () => {
    const sku = await newProduct(admin, 10)
    const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
    expect((await send(body.id, [{ sku, quantity: 1 }])).body.code).toBe('order_not_delivered')
    const stranger = await register(system.apiUrl)
    expect((await send(body.id, [{ sku, quantity: 1 }], {}, stranger)).status).toBe(404)
    expect((await send(randomUUID(), [{ sku, quantity: 1 }])).status).toBe(404)
    expect((await send(body.id, [])).status).toBe(422)
    const line = { sku, quantity: 1 }
    expect((await send(body.id, [line, line])).status).toBe(422)
    expect((await send(body.id, [{ sku, quantity: 0 }])).status).toBe(422)
    expect((await decide(body.id, 1, 'receipt')).status).toBe(404)
  })

  it('can be listed by their status', async () => {
    const { id, sku } = await delivered(2)
    await send(id, [{ sku, quantity: 2 }])
    await vi.waitFor(async () => {
      const { body } = await admin.call<{ items: readonly { orderId: string }[]; nextCursor: string | null }>(
        'GET',
        '/v1/admin/returns?status=requested&limit=1',
      )
      expect(body.items.map(({ orderId }) => orderId)).toEqual([id])
      expect(body.nextCursor).not.toBeNull()
    })
    expect((await customer.call('GET', '/v1/admin/returns')).status).toBe(403)
  })
})

describe('what others than the customer ask for', () => {
  it('is approved by somebody else, in person, where it is above the sum', async () => {
    const { id, sku } = await delivered(3)
    const robot = await openProgram(system.apiUrl, admin, ['admin'])
    expect((await send(id, [{ sku, quantity: 2 }], {}, admin)).body.status).toBe('requested')
    for (const by of [admin, robot]) {
      expect((await decide(id, 1, 'approval', { approve: true }, by)).body.code).toBe('second_admin_needed')
    }
    expect((await decide(id, 1, 'approval', { approve: true }, second)).body.status).toBe('approved')
    expect((await refund(id, 100, robot)).body.code).toBe('forbidden')
  })
})

describe('money that is paid back without goods', () => {
  it('is never more than was paid, all returns and refunds together', async () => {
    const { id, sku } = await delivered(2)
    expect((await refund(id, 500)).status).toBe(201)
    await until(id, 1, 'completed')
    expect((await refund(id, 1_501)).body.code).toBe('refund_above_captured')
    expect((await refund(id, 500, customer)).status).toBe(403)
    expect((await send(id, [{ sku, quantity: 2 }])).body.code).toBe('refund_above_captured')
    // with the first above the sum that one admin may pay back
    expect((await refund(id, 1_500)).body.status).toBe('requested')
    expect((await decide(id, 2, 'approval', { approve: true })).body.code).toBe('second_admin_needed')
    expect((await decide(id, 2, 'approval', { approve: true }, second)).status).toBe(202)
    await until(id, 2, 'completed')
    expect(await available(customer, sku)).toBe(8)
  })
})

describe('returns whose workflow is gone', () => {
  async function lose(id: string): Promise<void> {
    const connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
    await new Client({ connection }).workflow.getHandle(returnsWorkflowId(id)).terminate('by mistake')
    await connection.close()
  }
  const resume = (id: string, by: Caller = admin) =>
    by.call<{ readonly code?: string }>('POST', `/v1/admin/orders/${id}/returns/resumption`, { note: 'Terminated' })
  const resumed = (id: string) =>
    vi.waitFor(
      async () => {
        const { status, body } = await resume(id)
        expect([status, body.code]).toEqual([202, undefined])
      },
      { timeout: 30_000, interval: 500 },
    )

  it('are taken up from their events: what is left is done once, and others can follow', async () => {
    const { id, sku } = await delivered(4)
    expect((await resume(id)).body.code).toBe('returns_not_lost')
    await send(id, [{ sku, quantity: 1 }])
    await send(id, [{ sku, quantity: 2 }])
    await until(id, 1, 'approved')
    await until(id, 2, 'requested')
    expect((await resume(id)).body.code).toBe('returns_not_lost')
    await lose(id)
    expect((await decide(id, 1, 'receipt')).status).toBe(404)
    expect((await resume(id, customer)).status).toBe(403)
    await resumed(id)
    expect((await decide(id, 2, 'approval', { approve: true })).status).toBe(202)
    expect((await decide(id, 1, 'receipt')).status).toBe(202)
    // a decision that no event tells yet is lost with its workflow
    await vi.waitFor(async () => expect((await read(id, 1)).status).not.toBe('approved'), { timeout: 30_000 })
    await lose(id) // wherever it is by now
    await resumed(id)
    expect(await until(id, 1, 'completed')).toMatchObject({ restocked: true, refunded: true })
    expect(await available(customer, sku)).toBe(7)
    expect((await decide(id, 2, 'receipt')).status).toBe(202)
    await until(id, 2, 'completed')
    expect(await available(customer, sku)).toBe(9)
    expect((await send(id, [{ sku, quantity: 2 }])).body.code).toBe('more_than_bought')
    expect((await resume(randomUUID())).status).toBe(404)
  })
})
