import type { Kysely } from 'kysely'
import Stripe from 'stripe'
import type { Authorization, Capture, Movement, PaymentProvider, Refund, Voiding } from '../provider.ts'
import type { Money } from '../../../domain/money.ts'
import type { PaymentTables } from '../tables.ts'
import { stripeAmount } from './stripe-amount.ts'
import { makeStripeBook, type StripePayment } from './stripe-book.ts'
import { authorizationOf, refusedOrThrow, unknownOutcome } from './stripe-errors.ts'

export type StripeOptions = {
  readonly secretKey: string
  /** Somewhere else than Stripe itself. */
  readonly apiUrl?: string
  readonly timeoutMs: number
}

/** Stripe forgets idempotency keys after 24 hours; by then its search, which lags by minutes, knows the payment. */
const keysLiveMs = 23 * 60 * 60 * 1000
const noCoin = { code: 'amount_not_payable', message: 'Stripe has no such amount in this currency.' }

/** Stripe's PaymentIntents with manual capture. */
export function makeStripeProvider(database: Kysely<PaymentTables>, options: StripeOptions): PaymentProvider {
  const { paymentIntents, refunds } = new Stripe(options.secretKey, {
    ...addressOf(options.apiUrl),
    timeout: options.timeoutMs,
    maxNetworkRetries: 0, // whoever calls us makes the call again
    telemetry: false,
  })
  const book = makeStripeBook(database)

  /** The same call under the same key, whenever it is made: Stripe answers as it did the first time. */
  async function create({ key, orderId, method, amount }: StripePayment): Promise<Authorization> {
    const inStripes = stripeAmount(amount)
    if (inStripes === undefined) return { state: 'declined', ...noCoin }
    try {
      const intent = await paymentIntents.create(
        {
          amount: inStripes,
          currency: amount.currency.toLowerCase(),
          payment_method: method,
          capture_method: 'manual',
          confirm: true,
          automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          metadata: { key, orderId },
        },
        { idempotencyKey: key },
      )
      await book.remember(key, intent.id)
      return authorizationOf(intent)
    } catch (error) {
      if (error instanceof Stripe.errors.StripeCardError && error.payment_intent) {
        await book.remember(key, error.payment_intent.id)
      }
      return { state: 'declined', ...refusedOrThrow(error) }
    }
  }

  /** What became of what was sent. @returns undefined if Stripe does not have it. */
  async function current(sent: StripePayment): Promise<Authorization | undefined> {
    if (sent.reference !== null) return authorizationOf(await retrieve(sent.reference))
    if (Date.now() - sent.begunAt.getTime() < keysLiveMs) return create(sent)
    const { data } = await asking(paymentIntents.search({ query: `metadata['key']:'${sent.key}'` }))
    const [intent] = data
    if (intent === undefined) return undefined
    await book.remember(sent.key, intent.id)
    return authorizationOf(intent)
  }

  const retrieve = (reference: string) => asking(paymentIntents.retrieve(reference))

  /** The reference of something that was authorized. @throws if there is none, as that was not to be. */
  async function referenceOf(authorizeKey: string): Promise<string> {
    const reference = (await book.find(authorizeKey))?.reference
    if (reference === null || reference === undefined) throw new Error(`${authorizeKey} has no PaymentIntent`)
    return reference
  }

  async function capture({ authorizeKey, key, amount }: Movement & { readonly amount: Money }): Promise<Capture> {
    const reference = await referenceOf(authorizeKey)
    const inStripes = stripeAmount(amount)
    if (inStripes === undefined) return { state: 'refused', ...noCoin }
    try {
      await paymentIntents.capture(reference, { amount_to_capture: inStripes }, { idempotencyKey: key })
      return { state: 'captured' }
    } catch (error) {
      const refusal = refusedOrThrow(error)
      // captured under another key, or by hand
      return (await retrieve(reference)).status === 'succeeded'
        ? { state: 'captured' }
        : { state: 'refused', ...refusal }
    }
  }

  async function voidIntent({ authorizeKey, key }: Movement): Promise<Voiding> {
    const orderId = authorizeKey.slice(0, authorizeKey.indexOf(':'))
    if (await book.forbid(authorizeKey, orderId)) return { state: 'voided' }
    const sent = await book.find(authorizeKey)
    if (sent?.reference === null) await current(sent) // first find out, then undo
    const reference = (await book.find(authorizeKey))?.reference ?? null
    if (reference !== null) {
      const refusal = await cancel(reference, key)
      if (refusal) return refusal
    }
    await book.voided(authorizeKey)
    return { state: 'voided' }
  }

  async function cancel(reference: string, key: string): Promise<Voiding | undefined> {
    try {
      await paymentIntents.cancel(reference, {}, { idempotencyKey: key })
      return undefined
    } catch (error) {
      const refusal = refusedOrThrow(error)
      const { status } = await retrieve(reference)
      if (status === 'canceled') return undefined
      if (status === 'succeeded') return { state: 'refused', code: 'already_captured', message: refusal.message }
      throw unknownOutcome(error) // such as one that is processing: later
    }
  }

  async function refund({ authorizeKey, key, amount }: Movement & { readonly amount: Money }): Promise<Refund> {
    const reference = await referenceOf(authorizeKey)
    const inStripes = stripeAmount(amount)
    if (inStripes === undefined) return { state: 'refused', ...noCoin }
    try {
      // Stripe forgets keys after a day, and a refund may be pending for longer
      const { data: before } = await refunds.list({ payment_intent: reference, limit: 100 })
      const made =
        before.find(({ metadata }) => metadata?.['key'] === key) ??
        (await refunds.create(
          { payment_intent: reference, amount: inStripes, metadata: { key } },
          { idempotencyKey: key },
        ))
      const { id, status } = made
      if (status === 'succeeded') return { state: 'refunded', reference: id }
      if (status === 'pending' || status === 'requires_action') return { state: 'pending' }
      return { state: 'refused', code: made.failure_reason ?? 'refund_failed', message: `The refund is ${status}.` }
    } catch (error) {
      return { state: 'refused', ...refusedOrThrow(error) }
    }
  }

  return {
    name: 'stripe',
    async authorize(key, request) {
      const sent = await book.begin(key, request)
      if (sent.state === 'voided') return { state: 'declined', code: 'voided', message: 'It was voided before.' }
      return (await current(sent)) ?? { state: 'declined', code: 'expired', message: 'Stripe does not have it.' }
    },
    async lookUp(key) {
      const sent = await book.find(key)
      return sent === undefined || sent.state === 'voided' ? undefined : current(sent)
    },
    capture,
    void: voidIntent,
    refund,
  }
}

async function asking<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    throw unknownOutcome(error)
  }
}

function addressOf(apiUrl = '') {
  if (apiUrl === '') return {}
  const { hostname, port, protocol } = new URL(apiUrl)
  const fallback = protocol === 'https:' ? '443' : '80'
  return { host: hostname, port: port || fallback, protocol: protocol === 'https:' ? 'https' : 'http' } as const
}
