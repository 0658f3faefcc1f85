import type { Kysely } from 'kysely'
import { type Money, money } from '../../domain/money.ts'
import type { PaymentTables } from './tables.ts'

/** Everything about an order's money. */
export async function readStatement(database: Kysely<PaymentTables>, orderId: string) {
  const [payments, refunds, ledger] = await Promise.all([
    database.selectFrom('payment').selectAll().where('order_id', '=', orderId).orderBy('step').execute(),
    database.selectFrom('refund').selectAll().where('order_id', '=', orderId).orderBy('step').execute(),
    database
      .selectFrom('ledger')
      .selectAll()
      .where('order_id', '=', orderId)
      .orderBy('booked_at')
      .orderBy('movement')
      .orderBy('account')
      .execute(),
  ])
  const entries = ledger.map((row) => ({
    movement: row.movement,
    account: row.account,
    amount: money(row.amount_minor, row.currency),
    bookedAt: row.booked_at.toISOString(),
  }))
  return {
    payments: payments.map((row) => ({
      step: row.step,
      state: row.state,
      provider: row.provider,
      reference: row.provider_reference,
      round: row.round,
      amount: money(row.amount_minor, row.currency),
      captured: money(row.captured_minor, row.currency),
      refunded: money(row.refunded_minor, row.currency),
      updatedAt: row.updated_at.toISOString(),
    })),
    refunds: refunds.map((row) => ({
      step: row.step,
      state: row.state,
      round: row.round,
      reference: row.provider_reference,
      amount: money(row.amount_minor, row.currency),
      updatedAt: row.updated_at.toISOString(),
    })),
    ledger: entries,
    balances: balancesOf(entries),
  }
}

type Entry = { readonly account: string; readonly amount: Money }

/** Per account and currency; together they are 0. */
export function balancesOf(entries: readonly Entry[]): readonly Entry[] {
  const totals = new Map<string, Entry>()
  for (const { account, amount } of entries) {
    const key = `${account} ${amount.currency}`
    const before = totals.get(key)?.amount.amountMinor ?? 0
    totals.set(key, { account, amount: money(before + amount.amountMinor, amount.currency) })
  }
  return [...totals.values()].toSorted((one, other) => (one.account < other.account ? -1 : 1))
}
