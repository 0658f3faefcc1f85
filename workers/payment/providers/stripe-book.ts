import type { Kysely } from 'kysely'
import { type Money, money } from '../../../domain/money.ts'
import type { AuthorizeRequest } from '../provider.ts'
import type { PaymentTables } from '../tables.ts'

export type StripePayment = {
  readonly key: string
  readonly reference: string | null
  readonly orderId: string
  readonly method: string
  readonly amount: Money
  readonly state: 'begun' | 'voided'
  readonly begunAt: Date
}

/**
 * What we have sent to Stripe, written before it is sent: so a payment of unknown outcome can be asked for again under
 * the same key, word for word, and one that was never sent is known not to exist.
 */
export function makeStripeBook(database: Kysely<PaymentTables>) {
  async function find(key: string): Promise<StripePayment | undefined> {
    const row = await database.selectFrom('stripe_payment').selectAll().where('key', '=', key).executeTakeFirst()
    return (
      row && {
        key,
        reference: row.reference,
        orderId: row.order_id,
        method: row.method,
        amount: money(row.amount_minor, row.currency),
        state: row.state,
        begunAt: row.begun_at,
      }
    )
  }

  async function enter(key: string, request: AuthorizeRequest, state: StripePayment['state']): Promise<StripePayment> {
    const { amount, method, orderId } = request
    const row = {
      key,
      reference: null,
      order_id: orderId,
      method,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
      state,
    }
    const inserted = await database.insertInto('stripe_payment').ignore().values(row).executeTakeFirstOrThrow()
    if (inserted.numInsertedOrUpdatedRows === 1n)
      return { key, reference: null, ...request, state, begunAt: new Date() }
    const found = await find(key)
    if (found === undefined) throw new Error(`${key} is neither new nor there`)
    return found
  }

  return {
    find,
    /** @returns what is there now: what was entered first. */
    begin: (key: string, request: AuthorizeRequest) => enter(key, request, 'begun'),
    async remember(key: string, reference: string): Promise<void> {
      await database.updateTable('stripe_payment').set({ reference }).where('key', '=', key).execute()
    },
    /** A tombstone, where nothing was sent. @returns false where something was. */
    async forbid(key: string, orderId: string): Promise<boolean> {
      const nothing = { amount: money(0, 'XXX'), method: '', orderId }
      return (await enter(key, nothing, 'voided')).state === 'voided'
    },
    async voided(key: string): Promise<void> {
      await database.updateTable('stripe_payment').set({ state: 'voided' }).where('key', '=', key).execute()
    },
  }
}
