/** How a payment method behaves at the simulator. */
export type Behaviour = {
  /** What its bank says in the end. Absent: authorized. */
  readonly decline?: { readonly code: string; readonly message: string }
  /** noAnswer: takes effect, but authorize never answers. timeoutOnce: the same, for the first call only. */
  readonly answers?: 'slowly' | 'noAnswer' | 'timeoutOnce' | 'afterOutage' | 'byWebhook'
  readonly capture?: 'refused'
  readonly refund?: 'refused' | 'pending'
}

const declined = (code: string, message: string): Behaviour => ({ decline: { code, message } })
const cardDeclined = declined('card_declined', 'Your card was declined.')
const insufficientFunds = declined('insufficient_funds', 'Your card has insufficient funds.')

/** Names of Stripe's test mode, doing what they do there (https://docs.stripe.com/testing), and our own. */
const methods: Readonly<Record<string, Behaviour>> = {
  pm_card_visa: {},
  pm_card_visa_chargeDeclined: cardDeclined,
  pm_card_chargeDeclined: cardDeclined,
  pm_card_visa_chargeDeclinedInsufficientFunds: insufficientFunds,
  pm_card_chargeDeclinedInsufficientFunds: insufficientFunds,
  pm_sim_slow: { answers: 'slowly' },
  pm_sim_noAnswer: { answers: 'noAnswer' },
  pm_sim_timeoutThenCharged: { answers: 'timeoutOnce' },
  pm_sim_outage: { answers: 'afterOutage' },
  pm_sim_webhook: { answers: 'byWebhook' },
  pm_sim_webhookDeclined: { ...cardDeclined, answers: 'byWebhook' },
  pm_sim_captureFails: { capture: 'refused' },
  pm_sim_refundFails: { refund: 'refused' },
  pm_sim_refundPending: { refund: 'pending' },
}

export const methodNames = Object.keys(methods)

const unknownMethod = declined('invalid_payment_method', 'This payment method is not known.')

/** A method that is not listed is declined. */
export const behaviourOf = (method: string): Behaviour => methods[method] ?? unknownMethod
