import { sql } from 'kysely'
import type { Movement, Refund } from '../provider.ts'
import type { Money } from '../../../domain/money.ts'
import { type Book, referenceOf, settlesAfterMs } from './simulator-book.ts'
import { behaviourOf } from './simulator-methods.ts'

const refusal = { state: 'refused', code: 'refund_failed', message: 'The bank refused to take the refund.' } as const

/** The simulator's own guard: what is refunded never exceeds the payment, whatever it is asked for. */
export async function simulateRefund(
  book: Book,
  { authorizeKey, key, amount }: Movement & { readonly amount: Money },
): Promise<Refund> {
  const reference = referenceOf('re', key)
  return book.transaction().execute(async (tx): Promise<Refund> => {
    const payment = await tx
      .selectFrom('simulated_payment')
      .select(['state', 'method', 'amount_minor', 'refunded_minor'])
      .where('key', '=', authorizeKey)
      .forUpdate()
      .executeTakeFirst()
    const known = await tx
      .selectFrom('simulated_refund')
      .select(['state', sql<number>`settles_at > CURRENT_TIMESTAMP(3)`.as('pending')])
      .where('key', '=', key)
      .executeTakeFirst()
    if (known?.state === 'refused') return refusal
    if (known) return Number(known.pending) === 1 ? { state: 'pending' } : { state: 'refunded', reference }
    if (payment?.state !== 'captured' || payment.refunded_minor + amount.amountMinor > payment.amount_minor) {
      return { state: 'refused', code: 'charge_not_refundable', message: 'That much was not captured.' }
    }
    const behaviour = behaviourOf(payment.method).refund
    await tx
      .insertInto('simulated_refund')
      .values({
        key,
        reference,
        state: behaviour === 'refused' ? 'refused' : 'accepted',
        amount_minor: amount.amountMinor,
        settles_at: sql`CURRENT_TIMESTAMP(3) + INTERVAL ${behaviour === 'pending' ? settlesAfterMs * 1000 : 0} MICROSECOND`,
      })
      .execute()
    if (behaviour === 'refused') return refusal
    await tx
      .updateTable('simulated_payment')
      .set((eb) => ({ refunded_minor: eb('refunded_minor', '+', amount.amountMinor) }))
      .where('key', '=', authorizeKey)
      .execute()
    return behaviour === 'pending' ? { state: 'pending' } : { state: 'refunded', reference }
  })
}
