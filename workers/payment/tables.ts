import type { Generated } from 'kysely'
import type { RunnerTables } from '../participant/tables.ts'

export { paymentMigrations } from './migrations.ts'

export type PaymentState = 'authorized' | 'declined' | 'captured' | 'voided'

/**
 * One payment per order and step. declined -> (next round) authorized | declined; authorized -> captured | voided;
 * declined -> voided. By the rule in each WHERE; a voided one is a tombstone.
 */
export type PaymentTable = {
  order_id: string
  step: string
  state: PaymentState
  provider: string
  provider_reference: string | null
  /** Which round of `perform` it came of: later movements are keyed by it. */
  round: number
  amount_minor: number
  currency: string
  captured_minor: Generated<number>
  /** Paid back or promised to a refund under way. Never above what was captured: the table has a CHECK too. */
  refunded_minor: Generated<number>
  updated_at: Generated<Date>
}

export type RefundState = 'requested' | 'done' | 'refused'

/** One refund per order and asking step, such as `return-1`. refused -> (next round) requested -> done | refused. */
export type RefundTable = {
  order_id: string
  step: string
  /** The payment that it pays back. */
  payment_step: string
  state: RefundState
  round: number
  amount_minor: number
  currency: string
  provider_reference: string | null
  updated_at: Generated<Date>
}

/** Append-only. Each movement sums up to 0; what an account says is in `ledger.ts`. */
export type LedgerTable = {
  order_id: string
  /** `<step>:<cause>`: each thing that moves money does it once. */
  movement: string
  account: string
  /** Of the payment. */
  step: string
  /** Above 0: debit; below: credit. */
  amount_minor: number
  currency: string
  booked_at: Generated<Date>
}

/** What providers have told. Nothing is decided by it: it only makes us ask sooner. */
export type WebhookEventTable = {
  provider: string
  event_id: string
  type: string
  /** Parked: about nothing that we know. */
  state: 'taken' | 'parked'
  order_id: string | null
  /** As it came. */
  body: string
  received_at: Generated<Date>
}

/** The simulator's own book (four tables): nobody but the simulator reads it. */
export type SimulatedPaymentTable = {
  key: string
  reference: string
  state: 'pending' | 'authorized' | 'declined' | 'captured' | 'voided'
  decline_code: string | null
  method: string
  amount_minor: number
  currency: string
  refunded_minor: Generated<number>
}

type SimulatedRefundTable = {
  key: string
  reference: string
  state: 'accepted' | 'refused'
  amount_minor: number
  /** An accepted one is pending until then. */
  settles_at: Date
}

export type SimulatedWebhookTable = {
  id: string
  payment_key: string
  /** What the payment turns into when this is due. */
  becomes: 'authorized' | 'declined'
  body: string
  tries: Generated<number>
  due_at: Date
  sent_at: Date | null
}

/** What we have sent to Stripe, written before it is sent. */
export type StripePaymentTable = {
  key: string
  /** Its PaymentIntent; null while no answer has told it. */
  reference: string | null
  order_id: string
  method: string
  amount_minor: number
  currency: string
  state: 'begun' | 'voided'
  begun_at: Generated<Date>
}

export type PaymentTables = RunnerTables & {
  payment: PaymentTable
  refund: RefundTable
  ledger: LedgerTable
  webhook_event: WebhookEventTable
  simulated_payment: SimulatedPaymentTable
  simulated_refund: SimulatedRefundTable
  simulated_call: { key: string; calls: number }
  simulated_webhook: SimulatedWebhookTable
  stripe_payment: StripePaymentTable
}
