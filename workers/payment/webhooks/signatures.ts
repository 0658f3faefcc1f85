import { isSigned } from '../../../platform/signature.ts'
import type { WebhookProvider } from './event.ts'

type Scheme = {
  readonly header: string
  readonly isSigned: (secret: string, body: string, header: string | undefined) => Promise<boolean>
}

/** How each provider signs its webhooks. Without a secret nothing is signed. */
export const signatures: Readonly<Record<WebhookProvider, Scheme>> = {
  simulator: {
    header: 'Webhook-Signature',
    isSigned: (secret, body, header) => Promise.resolve(isSigned(secret, body, header)),
  },
  stripe: { header: 'Stripe-Signature', isSigned: isSignedByStripe },
}

/** By Stripe's own check, loaded when the first one comes. */
async function isSignedByStripe(secret: string, body: string, header: string | undefined): Promise<boolean> {
  if (secret === '' || header === undefined) return false
  const { default: Stripe } = await import('stripe')
  try {
    Stripe.webhooks.constructEvent(body, header, secret)
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false
    if (error instanceof SyntaxError) return true // signed, and still no JSON: whoever reads it says so
    throw error
  }
}
