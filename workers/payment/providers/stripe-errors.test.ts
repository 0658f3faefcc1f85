import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { authorizationOf, refusalOf } from './stripe-errors.ts'

const { errors } = Stripe
const intent = (status: Stripe.PaymentIntent['status']) => ({ id: 'pi_1', status, last_payment_error: null })

describe('an error of Stripe', () => {
  it('is a refusal where the bank or Stripe has decided', () => {
    const card = { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'No.' } as const
    expect(refusalOf(new errors.StripeCardError(card))).toEqual({ code: 'generic_decline', message: 'No.' })
    const expired = { type: 'card_error', code: 'expired_card', message: 'Expired.' } as const
    expect(refusalOf(new errors.StripeCardError(expired))?.code).toBe('expired_card')
    const missing = { type: 'invalid_request_error', code: 'resource_missing', message: 'No such method' } as const
    expect(refusalOf(new errors.StripeInvalidRequestError(missing))?.code).toBe('resource_missing')
  })

  it('is no refusal where nobody knows: never a timeout taken for a decline', () => {
    const raw = { message: 'x', type: 'api_error' } as const
    for (const Unknown of [
      errors.StripeConnectionError,
      errors.StripeAPIError,
      errors.StripeRateLimitError,
      errors.StripeAuthenticationError,
      errors.StripePermissionError,
      errors.StripeIdempotencyError,
    ]) {
      expect(refusalOf(new Unknown(raw))).toBeUndefined()
    }
    expect(refusalOf(new Error('socket hang up'))).toBeUndefined()
    const locked = { type: 'invalid_request_error', code: 'lock_timeout', message: 'Try again' } as const
    expect(refusalOf(new errors.StripeInvalidRequestError(locked))).toBeUndefined()
  })
})

it.each([
  ['requires_capture', 'authorized'],
  ['succeeded', 'authorized'],
  ['processing', 'pending'],
  ['requires_payment_method', 'declined'],
  ['requires_action', 'declined'],
  ['requires_confirmation', 'declined'],
  ['canceled', 'declined'],
] as const)('a PaymentIntent that is %s is %s', (status, state) => {
  expect(authorizationOf(intent(status)).state).toBe(state)
})
