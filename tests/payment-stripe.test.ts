import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { money } from '../domain/money.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { makeStripeProvider } from '../workers/payment/providers/stripe.ts'
import type { PaymentProvider } from '../workers/payment/provider.ts'
import { paymentMigrations, type PaymentTables } from '../workers/payment/tables.ts'
import { failure, intent, listed, refund, startRecordedStripe } from './support/recorded-stripe.ts'
import { startStripeMock } from './support/stripe-mock.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<PaymentTables>(config, 'payment')
beforeAll(() => migrate(config, 'payment', paymentMigrations))
afterAll(() => database.destroy())

const secretKey = 'sk_test_4eC39HqLyjWDarjtT1zdp7dc'
const amount = money(1_000, 'EUR')
const signal = AbortSignal.timeout(60_000)

function aPayment() {
  const id = randomUUID()
  const authorizeKey = `${id}:payment:perform:1`
  return {
    authorizeKey,
    request: { amount, method: 'pm_card_visa', orderId: id },
    captureOf: { authorizeKey, key: `${id}:payment:capture:1`, amount },
    voidOf: { authorizeKey, key: `${id}:payment:compensate:1` },
    refundOf: { authorizeKey, key: `${id}:return-1:refund:1`, amount: money(400, 'EUR') },
  }
}

describe("Stripe's own mock", () => {
  let mock: Awaited<ReturnType<typeof startStripeMock>>
  let provider: PaymentProvider
  beforeAll(async () => {
    mock = await startStripeMock()
    provider = makeStripeProvider(database, { secretKey, apiUrl: mock.url, timeoutMs: 5_000 })
  }, 600_000)
  afterAll(() => mock.stop())

  it('finds every request of ours good', async () => {
    const { authorizeKey, request, captureOf, voidOf, refundOf } = aPayment()
    // its PaymentIntents are all of the same status, whatever was asked
    expect((await provider.authorize(authorizeKey, request, signal)).state).toBe('declined')
    expect((await provider.lookUp(authorizeKey, signal))?.state).toBe('declined')
    expect(await provider.capture(captureOf, signal)).toEqual({ state: 'captured' })
    expect(await provider.refund(refundOf, signal)).toMatchObject({ state: 'refunded' })
    expect(await provider.void(voidOf, signal)).toEqual({ state: 'voided' })
  })

  it('finds the search good that is made when keys are too old', async () => {
    const { authorizeKey, request } = aPayment()
    const begun_at = new Date(Date.now() - 25 * 3600 * 1000)
    const row = { key: authorizeKey, reference: null, order_id: request.orderId, method: 'pm_card_visa', begun_at }
    await database
      .insertInto('stripe_payment')
      .values({ ...row, amount_minor: 1_000, currency: 'EUR', state: 'begun' })
      .execute()
    expect((await provider.lookUp(authorizeKey, signal))?.state).toBe('declined')
  })
})

describe('Stripe, by the shapes of its documentation', () => {
  let stripe: Awaited<ReturnType<typeof startRecordedStripe>>
  let provider: PaymentProvider
  beforeAll(async () => {
    stripe = await startRecordedStripe()
    provider = makeStripeProvider(database, { secretKey, apiUrl: stripe.url, timeoutMs: 5_000 })
  })
  afterAll(() => stripe.stop())

  it('authorizes once; asked again, the payment is retrieved', async () => {
    const { authorizeKey, request } = aPayment()
    const asked = stripe.answers(intent('requires_capture'), intent('requires_capture'))
    const authorized = { state: 'authorized', reference: 'pi_3MtwBw' }
    expect(await provider.authorize(authorizeKey, request, signal)).toEqual(authorized)
    expect(await provider.authorize(authorizeKey, request, signal)).toEqual(authorized)
    expect(asked.map(({ call }) => call)).toEqual(['POST /v1/payment_intents', 'GET /v1/payment_intents/pi_3MtwBw'])
    expect(asked[0]?.idempotencyKey).toBe(authorizeKey)
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      amount: '1000',
      currency: 'eur',
      payment_method: 'pm_card_visa',
      capture_method: 'manual',
      confirm: 'true',
      'automatic_payment_methods[enabled]': 'true',
      'automatic_payment_methods[allow_redirects]': 'never',
      'metadata[key]': authorizeKey,
      'metadata[orderId]': request.orderId,
    })
  })

  it('declines with the reason of the bank', async () => {
    const { authorizeKey, request } = aPayment()
    const error = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'No funds.',
    }
    stripe.answers(failure(402, { ...error, payment_intent: intent('requires_payment_method')[1] }))
    expect(await provider.authorize(authorizeKey, request, signal)).toEqual({
      state: 'declined',
      code: 'insufficient_funds',
      message: 'No funds.',
    })
  })

  it('is pending while it processes, and asked again tells the end', async () => {
    const { authorizeKey, request } = aPayment()
    stripe.answers(intent('processing'), intent('requires_capture'))
    expect(await provider.authorize(authorizeKey, request, signal)).toEqual({ state: 'pending' })
    expect(await provider.authorize(authorizeKey, request, signal)).toMatchObject({ state: 'authorized' })
  })

  it('that fails or breaks off leaves the outcome unknown; the next try has the same key and the same words', async () => {
    const { authorizeKey, request } = aPayment()
    const asked = stripe.answers(
      failure(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' }),
      failure(500, { type: 'api_error', message: 'Something went wrong' }),
      failure(400, { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used ...' }),
      failure(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'In use' }),
      failure(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${secretKey}` }),
      'broken', // which the client takes for a stale connection and tries once more
      'broken',
      intent('requires_capture'),
    )
    for (let tries = 0; tries < 6; tries += 1) {
      const thrown: unknown = await provider.authorize(authorizeKey, request, signal).catch((error: unknown) => error)
      expect(thrown).toBeInstanceOf(Error)
      expect(String(thrown)).toMatch(/^Error: Stripe: Stripe\w+Error/)
      expect(JSON.stringify(thrown) + String(thrown)).not.toContain(secretKey)
    }
    expect(await provider.authorize(authorizeKey, request, signal)).toMatchObject({ state: 'authorized' })
    expect(asked).toHaveLength(8)
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('is not called to void what was never sent; it never will be', async () => {
    const { authorizeKey, request, voidOf } = aPayment()
    const asked = stripe.answers()
    expect(await provider.void(voidOf, signal)).toEqual({ state: 'voided' })
    expect(await provider.authorize(authorizeKey, request, signal)).toMatchObject({ state: 'declined', code: 'voided' })
    expect(await provider.lookUp(authorizeKey, signal)).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('is first asked what became of a payment whose answer was lost, and that is cancelled', async () => {
    const { authorizeKey, request, voidOf } = aPayment()
    const asked = stripe.answers('broken', 'broken', intent('requires_capture'), intent('canceled'))
    await expect(provider.authorize(authorizeKey, request, signal)).rejects.toThrow('Stripe')
    expect(await provider.void(voidOf, signal)).toEqual({ state: 'voided' })
    expect(asked.map(({ call }) => call)).toEqual([
      'POST /v1/payment_intents',
      'POST /v1/payment_intents',
      'POST /v1/payment_intents',
      'POST /v1/payment_intents/pi_3MtwBw/cancel',
    ])
    expect(asked[2]?.idempotencyKey).toBe(authorizeKey)
  })

  it('captures once, under whatever key; what is captured is not voided', async () => {
    const { authorizeKey, request, captureOf, voidOf } = aPayment()
    const unexpected = failure(400, {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: 'This PaymentIntent could not be captured because it has already been captured.',
    })
    stripe.answers(intent('requires_capture'), unexpected, intent('succeeded'), unexpected, intent('succeeded'))
    await provider.authorize(authorizeKey, request, signal)
    expect(await provider.capture(captureOf, signal)).toEqual({ state: 'captured' })
    expect(await provider.void(voidOf, signal)).toMatchObject({ state: 'refused', code: 'already_captured' })
  })

  it('refunds, at once or later, or refuses', async () => {
    const { authorizeKey, request, refundOf } = aPayment()
    const tooMuch = failure(400, {
      type: 'invalid_request_error',
      code: 'charge_already_refunded',
      message: 'Refunded.',
    })
    stripe.answers(
      intent('requires_capture'),
      listed([]),
      refund('pending'),
      listed([{ ...refund('succeeded')[1], metadata: { key: refundOf.key } }]),
      listed([{ ...refund('succeeded')[1], metadata: { key: refundOf.key } }]),
      tooMuch,
    )
    await provider.authorize(authorizeKey, request, signal)
    expect(await provider.refund(refundOf, signal)).toEqual({ state: 'pending' })
    // found, not made again: Stripe forgets a key after a day
    expect(await provider.refund(refundOf, signal)).toEqual({ state: 'refunded', reference: 're_1Nispe' })
    const refused = await provider.refund({ ...refundOf, key: `${refundOf.key}0` }, signal)
    expect(refused).toMatchObject({ state: 'refused', code: 'charge_already_refunded' })
  })
})
