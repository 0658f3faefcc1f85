import type { Kysely, Selectable } from 'kysely'
import { formatMoney, money } from '../../domain/money.ts'
import { readStatement } from '../../workers/payment/statement.ts'
import type { PaymentTables } from '../../workers/payment/tables.ts'
import { findTracking } from '../../workers/shipping/tracking.ts'
import type { ShippingTables } from '../../workers/shipping/tables.ts'
import { listLedgerOfOrder } from '../../workers/stock/ledger.ts'
import type { StockLedgerTable, StockTables } from '../../workers/stock/tables.ts'
import { type ClockItem, isoOf } from './item.ts'

/** Lines of a book, at most. */
export const mostLines = 1_000

/** Each line of the payment ledger. */
export async function readLedger(payment: Kysely<PaymentTables>, orderId: string): Promise<readonly ClockItem[]> {
  const { ledger } = await readStatement(payment, orderId)
  return ledger.map((line) => {
    const { amountMinor, currency } = line.amount
    const amount = formatMoney(money(Math.abs(amountMinor), currency))
    return {
      at: line.bookedAt,
      source: 'ledger' as const,
      what: `${line.movement}: ${line.account} ${amountMinor < 0 ? 'credit' : 'debit'} ${amount}`,
      ids: { movement: line.movement, account: line.account },
      raw: line,
    }
  })
}

/** Each change of a level that the order made. */
export async function readStockLedger(
  stock: Kysely<StockTables>,
  orderId: string,
  skus: readonly string[],
): Promise<readonly ClockItem[]> {
  const rows = await listLedgerOfOrder(stock, orderId, [...new Set(skus)], mostLines)
  return rows.map((row: Selectable<StockLedgerTable>) => ({
    at: isoOf(row.at),
    source: 'stock' as const,
    what: `${row.sku} ${row.kind}: available ${signed(row.available_delta)}, reserved ${signed(row.reserved_delta)}`,
    ids: { sku: row.sku, version: String(row.version), cause: row.cause },
    raw: { ...row, at: isoOf(row.at) },
  }))
}

const signed = (delta: number): string => (delta > 0 ? `+${delta}` : String(delta))

/** What the carrier told of the parcel. Its label shows name and address, so it is left out. */
export async function readTracking(shipping: Kysely<ShippingTables>, orderId: string): Promise<readonly ClockItem[]> {
  const found = await findTracking(shipping, orderId)
  if (found === undefined) return []
  const { carrier, trackingNumber, events } = found
  return events.map((event) => ({
    at: event.occurredAt,
    source: 'attempt' as const,
    what: `${carrier}: parcel ${event.status}${event.description === undefined ? '' : `, ${event.description}`}`,
    ids: { trackingNumber },
    raw: { carrier, trackingNumber, ...event },
  }))
}
