import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { readWebhook } from './event.ts'
import { signatures } from './signatures.ts'

const secret = 'whsec_test'
const key = '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1:payment:perform:2'
const object = { object: 'payment_intent', metadata: { key } }
const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', data: { object } })
const now = () => Math.floor(Date.now() / 1000)
const header = (timestamp = now(), of = payload, by = secret) =>
  Stripe.webhooks.generateTestHeaderString({ payload: of, secret: by, timestamp })
const { isSigned } = signatures.stripe

describe("Stripe's signature", () => {
  it('is good for the body that it was made of, within five minutes', async () => {
    expect(await isSigned(secret, payload, header())).toBe(true)
    expect(await isSigned(secret, payload, header(now() - 290))).toBe(true)
  })

  it('is not good for another body, of another secret, too old, missing, or without a secret of ours', async () => {
    expect(await isSigned(secret, payload.replace('evt_1', 'evt_2'), header())).toBe(false)
    expect(await isSigned(secret, payload, header(now(), payload, 'whsec_other'))).toBe(false)
    expect(await isSigned(secret, payload, header(now() - 310))).toBe(false)
    expect(await isSigned(secret, payload, undefined)).toBe(false)
    expect(await isSigned(secret, payload, 'nonsense')).toBe(false)
    expect(await isSigned('', payload, header(now(), payload, 'x'))).toBe(false)
  })

  it('is checked before the body is read', async () => {
    expect(await isSigned(secret, '{', header())).toBe(false)
    expect(await isSigned(secret, '{', header(now(), '{'))).toBe(true)
  })
})

describe('a webhook', () => {
  it('is about the step whose key it carries', () => {
    const { id, about } = readWebhook('stripe', payload)
    expect([id, about]).toEqual(['evt_1', { orderId: key.slice(0, 36), step: 'payment' }])
  })

  it('without a key of ours is about nothing we know, and without an id unreadable', () => {
    expect(readWebhook('stripe', '{"id":"evt_1","type":"x","data":[]}').about).toBeUndefined()
    expect(readWebhook('simulator', '{"id":"evt_1","type":"x","data":{"key":"a:b"}}').about).toBeUndefined()
    for (const body of ['{', '[]', 'null', '{"type":"x"}', '{"id":"a b","type":"x"}', '{"id":"evt_1"}']) {
      expect(() => readWebhook('stripe', body)).toThrow()
    }
  })
})
