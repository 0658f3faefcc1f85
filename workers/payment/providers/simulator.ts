import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { withSignal } from '../../participant/runner.ts'
import type { Authorization, PaymentProvider } from '../provider.ts'
import type { PaymentTables, SimulatedPaymentTable } from '../tables.ts'

/**
 * Methods of Stripe's test mode and what they do there (https://docs.stripe.com/testing), and two of our own. A method
 * that is not listed is declined.
 */
const declines: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  pm_card_visa_chargeDeclined: { code: 'card_declined', message: 'Your card was declined.' },
  pm_card_chargeDeclined: { code: 'card_declined', message: 'Your card was declined.' },
  pm_card_visa_chargeDeclinedInsufficientFunds: {
    code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  pm_card_chargeDeclinedInsufficientFunds: { code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
}
const accepted: ReadonlySet<string> = new Set(['pm_card_visa', 'pm_sim_noAnswer', 'pm_sim_captureFails'])
const unknownMethod = { code: 'invalid_payment_method', message: 'This payment method is not known.' }

type Row = Pick<SimulatedPaymentTable, 'state' | 'reference' | 'decline_code' | 'method'>

/** A payment provider with a book of its own, so that it remembers like a real one when this process is killed. */
export function makeSimulator(database: Kysely<PaymentTables>): PaymentProvider {
  const find = (key: string): Promise<Row | undefined> =>
    database
      .selectFrom('simulated_payment')
      .select(['state', 'reference', 'decline_code', 'method'])
      .where('key', '=', key)
      .executeTakeFirst()

  return {
    name: 'simulator',
    async authorize(key, { amount, method }, signal) {
      const decline = declines[method] ?? (accepted.has(method) ? undefined : unknownMethod)
      const row = {
        key,
        reference: referenceOf(key),
        state: decline ? ('declined' as const) : ('authorized' as const),
        decline_code: decline?.code ?? null,
        method,
        amount_minor: amount.amountMinor,
        currency: amount.currency,
      }
      const { numInsertedOrUpdatedRows } = await database
        .insertInto('simulated_payment')
        .ignore()
        .values(row)
        .executeTakeFirstOrThrow()
      const stored = numInsertedOrUpdatedRows === 1n ? row : await find(key)
      // It has taken effect, but nobody is told: the worst kind of provider.
      if (method === 'pm_sim_noAnswer') return withSignal(signal, new Promise(() => undefined))
      return outcomeOf(stored ?? row)
    },
    async lookUp(key) {
      const row = await find(key)
      return row === undefined ? undefined : outcomeOf(row)
    },
    async capture(authorizeKey) {
      const row = await find(authorizeKey)
      if (row?.method === 'pm_sim_captureFails') {
        return { state: 'refused', code: 'capture_failed', message: 'The bank refused to capture the amount.' }
      }
      await database
        .updateTable('simulated_payment')
        .set({ state: 'captured' })
        .where('key', '=', authorizeKey)
        .where('state', '=', 'authorized')
        .execute()
      const after = await find(authorizeKey)
      if (after?.state === 'captured') return { state: 'captured' }
      return { state: 'refused', code: 'not_authorized', message: `The payment is ${after?.state ?? 'unknown'}.` }
    },
    async void(authorizeKey) {
      const tombstone = {
        key: authorizeKey,
        reference: referenceOf(authorizeKey),
        state: 'voided' as const,
        decline_code: null,
        method: '',
        amount_minor: 0,
        currency: 'XXX',
      }
      await database.insertInto('simulated_payment').ignore().values(tombstone).execute()
      await database
        .updateTable('simulated_payment')
        .set({ state: 'voided' })
        .where('key', '=', authorizeKey)
        .where('state', '=', 'authorized')
        .execute()
    },
  }
}

function outcomeOf(row: Row): Authorization {
  if (row.state === 'authorized' || row.state === 'captured') return { state: 'authorized', reference: row.reference }
  if (row.state === 'voided') return { state: 'declined', code: 'voided', message: 'The payment was voided before.' }
  const decline = declines[row.method] ?? unknownMethod
  return { state: 'declined', ...decline }
}

const referenceOf = (key: string): string =>
  `pi_sim_${createHash('sha256').update(key).digest('base64url').slice(0, 20).replaceAll(/[-_]/g, '0')}`
