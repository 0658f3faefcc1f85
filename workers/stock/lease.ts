import { type Kysely, sql } from 'kysely'
import type { StockTables } from './tables.ts'

type Database = Kysely<StockTables>

/** Whose lease has run out may be taken over: it is long for a send, and renewed while one is under way. */
const leaseMs = 20_000

const ends = (): Date => new Date(Date.now() + leaseMs)

/** Committed at once. @returns those of the SKUs that are this token's now. */
export async function leaseSkus(
  database: Database,
  skus: readonly string[],
  token: string,
): Promise<readonly string[]> {
  const rows = [...skus].sort().map((sku) => ({ sku, token, lease_until: ends() }))
  // left to right: the second assignment sees the first one's result
  const isMine = sql<boolean>`token = ${token}`
  await database
    .insertInto('stock_relay')
    .values(rows)
    .onDuplicateKeyUpdate({
      token: sql<string>`IF(lease_until < ${new Date()}, ${token}, token)`,
      lease_until: sql<Date>`IF(${isMine}, ${ends()}, lease_until)`,
    })
    .execute()
  const mine = await database
    .selectFrom('stock_relay')
    .select('sku')
    .where('sku', 'in', skus)
    .where('token', '=', token)
    .execute()
  return mine.map(({ sku }) => sku)
}

export async function renewLeases(database: Database, skus: readonly string[], token: string): Promise<void> {
  await leases(database, skus, token).set({ lease_until: ends() }).execute()
}

/** @returns whether all of them were still this token's. */
export async function releaseLeases(database: Database, skus: readonly string[], token: string): Promise<boolean> {
  const over = { lease_until: new Date(0) }
  const { numUpdatedRows } = await leases(database, skus, token).set(over).executeTakeFirstOrThrow()
  return numUpdatedRows === BigInt(skus.length)
}

const leases = (database: Database, skus: readonly string[], token: string) =>
  database.updateTable('stock_relay').where('sku', 'in', skus).where('token', '=', token)
