import type { Kysely, Transaction } from 'kysely'
import type { Entry } from './level.ts'
import type { StockTables } from './tables.ts'

/** Who is behind a change. */
export type Behind = {
  /** Account id of the admin, or `system`. */
  readonly actor: string
  readonly reason: string | null
}

/** An order's own doing says all that there is to say by its cause. */
export const byOrder: Behind = { actor: 'system', reason: null }

/** In the transaction that changes the levels, while they are locked. */
export async function writeEntries(
  tx: Transaction<StockTables>,
  entries: readonly Entry[],
  { actor, reason }: Behind,
): Promise<void> {
  if (entries.length === 0) return
  const at = new Date()
  const rows = entries.map(({ availableDelta, reservedDelta, ...entry }) => ({
    ...entry,
    available_delta: availableDelta,
    reserved_delta: reservedDelta,
    actor,
    reason,
    at,
  }))
  await tx.insertInto('stock_ledger').values(rows).execute()
}

export type LedgerItem = Behind &
  Omit<Entry, 'sku' | 'low'> & {
    readonly onHand: number
    /** RFC 3339, UTC. */
    readonly occurredAt: string
    /** Available fell under the product's threshold with it. */
    readonly low: boolean
  }

/** A SKU's entries, newest first; at most `limit`, those before version `before`. */
export async function listLedger(
  database: Kysely<StockTables>,
  sku: string,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<readonly LedgerItem[]> {
  const rows = await database
    .selectFrom('stock_ledger')
    .select(['version', 'kind', 'available_delta', 'reserved_delta', 'available', 'reserved'])
    .select(['cause', 'actor', 'reason', 'at', 'low'])
    .where('sku', '=', sku)
    .where('version', '<', before)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ available_delta: availableDelta, reserved_delta: reservedDelta, at, low, ...row }) => ({
    ...row,
    availableDelta,
    reservedDelta,
    onHand: row.available + row.reserved,
    occurredAt: at.toISOString(),
    low: low > 0,
  }))
}

/** What an order did to the levels of its SKUs, first to last. */
export async function listLedgerOfOrder(
  database: Kysely<StockTables>,
  orderId: string,
  skus: readonly string[],
  limit: number,
) {
  if (skus.length === 0) return []
  return (
    database
      .selectFrom('stock_ledger')
      .selectAll()
      // of each SKU a range of its causes, by the index
      .where('sku', 'in', [...skus])
      .where('cause', 'like', `${orderId}:%`)
      .orderBy('at')
      .orderBy('sku')
      .orderBy('version')
      .limit(limit)
      .execute()
  )
}
