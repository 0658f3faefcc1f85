import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { sign } from '../platform/signature.ts'
import { checkPayments } from '../workers/payment/check.ts'
import type { PaymentTables } from '../workers/payment/tables.ts'
import { newProduct, type Person, register, send, signInAdmin, types } from './support/shop.ts'

const apiUrl = inject('apiUrl')
const config = readConfig(inject('systemEnv'))
const secret = config.SIMULATOR_WEBHOOK_SECRET
const database = openDatabase<PaymentTables>(config, 'payment', 2)
let admin: Person
let customer: Person
let sku: string

beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
  sku = await newProduct(admin, 1_000)
})
afterAll(() => database.destroy())

type Money = { readonly amountMinor: number; readonly currency: string }
type Statement = {
  readonly payments: readonly { readonly state: string; readonly captured: Money; readonly reference: string | null }[]
  readonly ledger: readonly { readonly movement: string; readonly amount: Money }[]
  readonly balances: readonly { readonly account: string; readonly amount: Money }[]
}
type Webhook = { readonly id: string; readonly type: string; readonly orderId: string | null }

async function statement(id: string) {
  const { status, body } = await admin.call<Statement>('GET', `/v1/admin/orders/${id}/payments`)
  expect(status).toBe(200)
  const balances = Object.fromEntries(body.balances.map(({ account, amount }) => [account, amount.amountMinor]))
  expect(Object.values(balances).reduce((sum, amount) => sum + amount, 0)).toBe(0)
  return { ...body, balances, movements: [...new Set(body.ledger.map(({ movement }) => movement))] }
}

const place = async (paymentMethod: string, country = 'DE') => {
  const { status, body } = await customer.place({ sku, paymentMethod, country })
  expect(status).toBe(201)
  return body.id
}

const post = (body: string, signature: string | undefined, provider = 'simulator') =>
  send<{ result?: string; code?: string }>(`${apiUrl}/v1/webhooks/payments/${provider}`, 'POST', body, {
    ...(signature !== undefined && { 'Webhook-Signature': signature }),
  })

const webhook = (orderId: string, more: object = {}) =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    type: 'payment.authorized',
    created: Math.floor(Date.now() / 1000),
    data: { key: `${orderId}:payment:perform:1`, reference: 'pi_1', orderId },
    ...more,
  })

const stored = async (body: string) => {
  const { id } = JSON.parse(body) as { id: string }
  const rows = await database.selectFrom('webhook_event').select('state').where('event_id', '=', id).execute()
  return rows.map(({ state }) => state)
}

async function listed(state: string): Promise<readonly Webhook[]> {
  const path = `/v1/admin/webhooks/payments?state=${state}&limit=100`
  const { status, body } = await admin.call<{ items: readonly Webhook[] }>('GET', path)
  expect(status).toBe(200)
  return body.items
}

describe('a payment method of the simulator', () => {
  it.each(['pm_card_visa', 'pm_sim_slow', 'pm_sim_timeoutThenCharged', 'pm_sim_outage', 'pm_sim_webhook'])(
    '%s: held, and taken once when the parcel leaves',
    async (method) => {
      const id = await place(method)
      const order = await customer.until(id, 'delivered')
      expect(order.payment?.['status']).toBe('captured')
      const { payments, balances, movements } = await statement(id)
      expect(payments).toMatchObject([{ state: 'captured', captured: { amountMinor: 1_000, currency: 'EUR' } }])
      expect(balances).toEqual({ customer: 0, hold: 0, provider: 1_000, sales: -1_000 })
      expect(movements).toEqual(['payment:authorize', 'payment:capture'])
    },
  )

  it.each(['pm_card_visa_chargeDeclined', 'pm_sim_webhookDeclined'])(
    '%s: declined, and nothing booked',
    async (method) => {
      const id = await place(method)
      const { failure } = await customer.until(id, 'rejected')
      expect(failure).toMatchObject({ step: 'payment', code: 'card_declined' })
      expect(await statement(id)).toMatchObject({ payments: [{ state: 'declined' }], ledger: [] })
    },
  )

  it('pm_sim_noAnswer: voided after its deadline, the timeout taken for no decline', async () => {
    const id = await place('pm_sim_noAnswer')
    const { failure } = await customer.until(id, 'rejected')
    expect(failure).toMatchObject({ step: 'payment', code: 'timed_out' })
    expect(types(await customer.timeline(id))).not.toContain('order.payment_declined')
    const { payments, balances } = await statement(id)
    expect(payments).toMatchObject([{ state: 'voided' }])
    expect(Object.values(balances).every((amount) => amount === 0)).toBe(true)
  })

  it('pm_sim_captureFails: stays held while the capture is asked again', async () => {
    const id = await place('pm_sim_captureFails')
    await vi.waitFor(async () => expect(types(await customer.timeline(id))).toContain('order.capture_failed'), {
      timeout: 30_000,
      interval: 100,
    })
    expect(await statement(id)).toMatchObject({ payments: [{ state: 'authorized' }], balances: { hold: 1_000 } })
  })

  it('is voided where the order is undone, and its statement says so', async () => {
    const id = await place('pm_card_visa', 'ZZ')
    await customer.until(id, 'rejected')
    const { payments, balances, movements } = await statement(id)
    expect(payments).toMatchObject([{ state: 'voided' }])
    expect(balances).toEqual({ customer: 0, hold: 0 })
    expect(movements).toEqual(['payment:authorize', 'payment:void'])
  })
})

describe('a webhook', () => {
  it('of the simulator brings the result sooner than the next look would', async () => {
    const id = await place('pm_sim_webhook')
    await vi.waitFor(async () => expect(types(await customer.timeline(id))).toContain('order.payment_authorized'), {
      timeout: 30_000,
      interval: 50,
    })
    expect((await listed('taken')).find(({ orderId }) => orderId === id)).toMatchObject({ type: 'payment.authorized' })
    // one look when it was asked, one when the webhook had come; the next by itself would have been at 5 s
    const { fence } = await database
      .selectFrom('task')
      .select('fence')
      .where('order_id', '=', id)
      .where('action', '=', 'perform')
      .executeTakeFirstOrThrow()
    expect(fence).toBe(2)
    await customer.until(id, 'delivered')
  })

  it('doubled, late or in another order changes nothing', async () => {
    const id = await place('pm_sim_webhook')
    await customer.until(id, 'delivered')
    const before = [await customer.timeline(id), await statement(id)]
    const [sent] = await database
      .selectFrom('simulated_webhook')
      .select('body')
      .where('payment_key', '=', `${id}:payment:perform:1`)
      .execute()
    const body = sent?.body ?? ''
    for (let times = 0; times < 2; times += 1) {
      expect(await post(body, sign(secret, body))).toMatchObject({ status: 202, body: { result: 'known' } })
    }
    // says that what is captured was declined, as if it came from long ago
    const late = webhook(id, { type: 'payment.declined', created: 1 })
    expect(await post(late, sign(secret, late))).toMatchObject({ status: 202, body: { result: 'taken' } })
    expect([await customer.timeline(id), await statement(id)]).toEqual(before)
    expect(await stored(body)).toEqual(['taken'])
  })

  it('forged is refused, and leaves nothing behind', async () => {
    const id = await place('pm_card_visa')
    const body = webhook(id)
    const stale = Date.now() - 301_000
    for (const signature of [
      undefined,
      '',
      'nonsense',
      sign('another-secret', body),
      sign(secret, body, stale),
      sign(secret, body.replace('authorized', 'declined')),
      sign(secret, body).replace('v1=', 'v0='),
    ]) {
      expect(await post(body, signature)).toMatchObject({ status: 401, body: { code: 'invalid_signature' } })
    }
    // nobody has set a secret for Stripe here
    expect(await post(body, sign('', body), 'stripe')).toMatchObject({ status: 401 })
    expect(await stored(body)).toEqual([])
    await customer.until(id, 'delivered')
  })

  it('about no payment of ours is parked, for staff to see', async () => {
    const stranger = webhook(randomUUID())
    const other = webhook('', { data: { key: 'not ours' } })
    for (const body of [stranger, other]) {
      expect(await post(body, sign(secret, body))).toMatchObject({ status: 202, body: { result: 'parked' } })
      expect(await post(body, sign(secret, body))).toMatchObject({ status: 202, body: { result: 'known' } })
      expect(await stored(body)).toEqual(['parked'])
    }
    const ids = (await listed('parked')).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([stranger, other].map((body) => (JSON.parse(body) as Webhook).id)))
    expect(await customer.call('GET', '/v1/admin/webhooks/payments')).toMatchObject({ status: 403 })
  })

  it('is listed page by page, none twice and none left out', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/v1/admin/webhooks/payments?limit=1${cursor && `&cursor=${cursor}`}`
      const page = await admin.call<{ items: readonly Webhook[]; nextCursor: string | null }>('GET', path)
      seen.push(...page.body.items.map(({ id }) => id))
      cursor = page.body.nextCursor
    }
    expect(seen.toSorted()).toEqual((await listed('parked')).map(({ id }) => id).toSorted())
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('that is signed but unreadable, too large, or of an unknown provider is told so', async () => {
    for (const body of ['{', '[]', '{"type":"payment.authorized"}']) {
      expect(await post(body, sign(secret, body))).toMatchObject({ status: 400, body: { code: 'malformed_request' } })
    }
    const large = webhook(randomUUID(), { padding: 'x'.repeat(65_536) })
    expect(await post(large, sign(secret, large))).toMatchObject({ status: 413 })
    expect(await post('{}', sign(secret, '{}'), 'paypal')).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

describe('the books', () => {
  it('of an order are for staff, and there is none of an order that is not there', async () => {
    const id = await place('pm_card_visa')
    expect(await customer.call('GET', `/v1/admin/orders/${id}/payments`)).toMatchObject({ status: 403 })
    expect(await admin.call('GET', `/v1/admin/orders/${randomUUID()}/payments`)).toMatchObject({ status: 404 })
    await customer.until(id, 'delivered')
  })

  it('agree with each other after all of this', async () => {
    expect(await checkPayments(database)).toEqual([])
  })
})
