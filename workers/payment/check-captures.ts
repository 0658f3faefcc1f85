import { type Kysely, sql } from 'kysely'
import type { PaymentTables } from './tables.ts'

/** Orders whose money was taken more than once, by the ledger. */
export async function doubleCaptures(
  database: Kysely<PaymentTables>,
): Promise<readonly { readonly orderId: string; readonly captures: number }[]> {
  const { rows } = await sql<{ orderId: string; captures: number }>`
    SELECT order_id AS orderId, COUNT(DISTINCT movement) AS captures FROM ledger
    WHERE account = 'sales' GROUP BY order_id HAVING COUNT(DISTINCT movement) > 1`.execute(database)
  return rows
}

export async function countPayments(database: Kysely<PaymentTables>, orderId?: string): Promise<number> {
  const { count } = await database
    .selectFrom('payment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId ?? ''))
    .executeTakeFirstOrThrow()
  return Number(count)
}
