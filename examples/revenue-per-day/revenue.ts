import { type Kysely, sql, type Transaction } from 'kysely'
import type { Money, ReceivedEvent } from 'holdfast/events'

export type RevenueTables = {
  /** What an order comes to, until its money is taken. */
  order_total: { order_id: string; amount_minor: number; currency: string }
  revenue_per_day: { day: string; currency: string; captured_minor: number; refunded_minor: number }
}

/** The types that change what was earned. */
export const revenueTypes = ['order.placed', 'order.payment_captured', 'return.refunded'] as const

export async function createTables(database: Kysely<RevenueTables>): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS order_total (
    order_id CHAR(36) PRIMARY KEY, amount_minor BIGINT NOT NULL, currency CHAR(3) NOT NULL
  )`.execute(database)
  await sql`CREATE TABLE IF NOT EXISTS revenue_per_day (
    day CHAR(10) NOT NULL, currency CHAR(3) NOT NULL,
    captured_minor BIGINT NOT NULL, refunded_minor BIGINT NOT NULL,
    PRIMARY KEY (day, currency)
  )`.execute(database)
}

/** Money taken and money given back, on the UTC day of the event. Called once per event. */
export async function addRevenue(event: ReceivedEvent, tx: Transaction<RevenueTables>): Promise<void> {
  const { type, data, orderId, time } = event
  if (type === 'order.placed' && data.order !== undefined) {
    const { amountMinor, currency } = data.order.total
    await tx.insertInto('order_total').values({ order_id: orderId, amount_minor: amountMinor, currency }).execute()
  }
  if (type === 'order.payment_captured') {
    const total = await tx
      .selectFrom('order_total')
      .select(['amount_minor as amountMinor', 'currency'])
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
    await add(tx, time, total, 'captured_minor')
  }
  if (type === 'return.refunded' && data.return !== undefined) await add(tx, time, data.return.amount, 'refunded_minor')
}

type Sum = 'captured_minor' | 'refunded_minor'

async function add(tx: Transaction<RevenueTables>, time: string, { amountMinor, currency }: Money, sum: Sum) {
  const zero = { day: time.slice(0, 10), currency, captured_minor: 0, refunded_minor: 0 }
  await tx
    .insertInto('revenue_per_day')
    .values({ ...zero, [sum]: amountMinor })
    .onDuplicateKeyUpdate({ [sum]: sql`${sql.ref(sum)} + ${amountMinor}` })
    .execute()
}
