import type { Transaction } from 'kysely'
import type { Money } from '../../domain/money.ts'
import type { PaymentTables } from './tables.ts'

/**
 * What an account's balance says, debit above 0:
 *
 * - `hold`: what the provider holds for us; `customer`: the same from the other side, so it is minus that
 * - `provider`: what the provider owes us: captured less refunded
 * - `sales`: minus what was captured; `refunds`: what was paid back of it
 */
export const accounts = ['hold', 'customer', 'provider', 'sales', 'refunds'] as const
export type Account = (typeof accounts)[number]

export type Cause = 'authorize' | 'void' | 'capture' | 'refund'

/** The debited and the credited account of each pair that moves. */
const pairs: Readonly<Record<Cause, readonly (readonly [debit: Account, credit: Account])[]>> = {
  authorize: [['hold', 'customer']],
  void: [['customer', 'hold']],
  // the hold ends, and the money comes instead
  capture: [
    ['customer', 'hold'],
    ['provider', 'sales'],
  ],
  refund: [['refunds', 'provider']],
}

type Movement = {
  readonly orderId: string
  /** Who caused it: the payment's step, or the one that asked for the refund. */
  readonly by: string
  readonly cause: Cause
  /** The payment's step. */
  readonly step: string
  readonly amount: Money
}

/**
 * Books a movement in the transaction that makes it true.
 * @throws when it was booked before: whoever calls has let the state change decide, so that would be a bug.
 */
export async function book(tx: Transaction<PaymentTables>, movement: Movement): Promise<void> {
  const { orderId, by, cause, step, amount } = movement
  const entry = (account: Account, amountMinor: number) => ({
    order_id: orderId,
    movement: `${by}:${cause}`,
    account,
    step,
    amount_minor: amountMinor,
    currency: amount.currency,
  })
  const entries = pairs[cause].flatMap(([debit, credit]) => [
    entry(debit, amount.amountMinor),
    entry(credit, -amount.amountMinor),
  ])
  await tx.insertInto('ledger').values(entries).execute()
}
