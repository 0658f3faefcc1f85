import Stripe from 'stripe'
import type { Authorization } from '../provider.ts'

export type StripeRefusal = { readonly code: string; readonly message: string }

/**
 * What an error of Stripe's means (https://docs.stripe.com/error-handling): a refusal where Stripe has decided against
 * us for good; undefined where the outcome is unknown or the fault is ours to mend (rate limit, outage, connection, key,
 * an idempotency key used for something else): then the call is to be made again.
 */
export function refusalOf(error: unknown): StripeRefusal | undefined {
  if (error instanceof Stripe.errors.StripeCardError) {
    // a processor's hiccup would be replayed under the same key, so it is final here; a new round may try again
    return { code: error.decline_code || error.code || 'card_declined', message: error.message }
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'lock_timeout') {
    return { code: error.code ?? 'invalid_request', message: error.message }
  }
  return undefined
}

/** To be thrown and logged in an error's place: without request, headers and whatever else hangs on it. */
export function unknownOutcome(error: unknown): Error {
  if (!(error instanceof Stripe.errors.StripeError)) return error instanceof Error ? error : new Error('unknown')
  const about = [error.type, error.code, error.statusCode, error.requestId].filter((part) => part !== undefined)
  return new Error(`Stripe: ${about.join(' ')}`)
}

/** @throws unless Stripe has refused. */
export function refusedOrThrow(error: unknown): StripeRefusal {
  const refusal = refusalOf(error)
  if (refusal === undefined) throw unknownOutcome(error)
  return refusal
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle, with manual capture. */
export function authorizationOf(
  intent: Pick<Stripe.PaymentIntent, 'id' | 'status' | 'last_payment_error'>,
): Authorization {
  switch (intent.status) {
    case 'requires_capture':
    case 'succeeded':
      return { state: 'authorized', reference: intent.id }
    case 'processing':
      return { state: 'pending' }
    case 'canceled':
      return { state: 'declined', code: 'canceled', message: 'The payment was cancelled.' }
    case 'requires_action':
    case 'requires_confirmation':
      // nobody sits in front of a screen; the undo cancels it
      return { state: 'declined', code: 'authentication_required', message: 'The bank wants to ask the customer.' }
    case 'requires_payment_method': {
      const error = intent.last_payment_error
      return {
        state: 'declined',
        code: error?.decline_code ?? error?.code ?? 'card_declined',
        message: error?.message ?? 'The payment method was declined.',
      }
    }
    default:
      throw new Error(`Stripe: a PaymentIntent of the unknown status ${String(intent.status)}`)
  }
}
