import { type Kysely, sql } from 'kysely'
import type { PaymentTables } from './tables.ts'

export type Violation = {
  readonly rule: 'movementUnbalanced' | 'paymentAndLedgerDiffer' | 'refundsAndPaymentDiffer' | 'ledgerWithoutPayment'
  readonly orderId: string
  /** Which movement or step. */
  readonly what: string
}

/**
 * Everything in which payments, refunds and ledger contradict each other; empty, always. Reads every payment: for tests
 * and nightly checks. Each rule is one statement, so each sees one moment.
 */
export async function checkPayments(database: Kysely<PaymentTables>): Promise<readonly Violation[]> {
  const found = await Promise.all(
    Object.entries(rules).map(async ([rule, query]) => {
      const { rows } = await query.execute(database)
      return rows.map((row) => ({ rule: rule as Violation['rule'], ...row }))
    }),
  )
  return found.flat()
}

type Found = Omit<Violation, 'rule'>

const balance = (account: string) =>
  sql`COALESCE((SELECT SUM(l.amount_minor) FROM ledger l
    WHERE l.order_id = p.order_id AND l.step = p.step AND l.currency = p.currency AND l.account = ${account}), 0)`

const refunds = (states: readonly string[]) =>
  sql`COALESCE((SELECT SUM(r.amount_minor) FROM refund r
    WHERE r.order_id = p.order_id AND r.payment_step = p.step AND r.state IN (${sql.join(states)})), 0)`

const rules: Readonly<Record<Violation['rule'], ReturnType<typeof sql<Found>>>> = {
  movementUnbalanced: sql<Found>`SELECT order_id AS orderId, movement AS what FROM ledger
    GROUP BY order_id, movement, currency HAVING SUM(amount_minor) <> 0`,
  paymentAndLedgerDiffer: sql<Found>`SELECT p.order_id AS orderId, p.step AS what FROM payment p
    WHERE ${balance('hold')} <> IF(p.state = 'authorized', p.amount_minor, 0)
      OR ${balance('customer')} <> -${balance('hold')}
      OR ${balance('sales')} <> -p.captured_minor
      OR ${balance('provider')} <> p.captured_minor - ${balance('refunds')}
      OR p.captured_minor <> IF(p.state = 'captured', p.amount_minor, 0)`,
  refundsAndPaymentDiffer: sql<Found>`SELECT p.order_id AS orderId, p.step AS what FROM payment p
    WHERE ${refunds(['requested', 'done'])} <> p.refunded_minor
      OR ${refunds(['done'])} <> ${balance('refunds')}
      OR p.refunded_minor > p.captured_minor`,
  ledgerWithoutPayment: sql<Found>`SELECT DISTINCT l.order_id AS orderId, l.step AS what FROM ledger l
    LEFT JOIN payment p ON p.order_id = l.order_id AND p.step = l.step WHERE p.order_id IS NULL`,
}
