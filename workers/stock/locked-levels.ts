import { sql, type Transaction } from 'kysely'
import type { Level } from './level.ts'
import type { StockTables } from './tables.ts'

type Levels = ReadonlyMap<string, Level>

/** Locked in sorted order until the transaction ends. */
export async function lockLevels(tx: Transaction<StockTables>, skus: Iterable<string>): Promise<Levels> {
  const sorted = [...new Set(skus)].sort()
  if (sorted.length === 0) return new Map()
  const rows = await tx
    .selectFrom('stock_level')
    .select(['sku', 'available', 'reserved', 'backordered', 'version', 'last_place', 'low_stock_threshold'])
    .where('sku', 'in', sorted)
    .orderBy('sku')
    .forUpdate()
    .execute()
  return new Map(
    rows.map(({ sku, last_place: lastPlace, low_stock_threshold: lowStockThreshold, ...level }) => [
      sku,
      { ...level, lastPlace, lowStockThreshold },
    ]),
  )
}

const columns = [
  ['available', 'available'],
  ['reserved', 'reserved'],
  ['backordered', 'backordered'],
  ['version', 'version'],
  ['lastPlace', 'last_place'],
] as const

/** One statement for all SKUs, which says the rule again: no level below zero. */
export async function writeLevels(tx: Transaction<StockTables>, before: Levels, after: Levels): Promise<void> {
  const changes = [...after].flatMap(([sku, level]) => {
    const was = before.get(sku)
    if (was === undefined) throw new Error(`the level of ${sku} was not locked`)
    const by = new Map(columns.map(([field]) => [field, level[field] - was[field]]))
    return [...by.values()].every((delta) => delta === 0) ? [] : [{ sku, by }]
  })
  if (changes.length === 0) return
  const moving = columns.filter(([field]) => changes.some(({ by }) => by.get(field) !== 0))
  const next = ([field, column]: (typeof columns)[number]) =>
    sql<number>`${sql.ref(column)} + CASE sku ${sql.join(
      changes.map(({ sku, by }) => sql`WHEN ${sku} THEN ${by.get(field) ?? 0}`),
      sql` `,
    )} END`
  const { numUpdatedRows } = await moving
    .filter(([field]) => field !== 'version' && field !== 'lastPlace')
    .reduce(
      (update, column) => update.where(sql<boolean>`${next(column)} >= 0`),
      tx
        .updateTable('stock_level')
        .set(Object.fromEntries(moving.map((column) => [column[1], next(column)])))
        .where(
          'sku',
          'in',
          changes.map(({ sku }) => sku),
        ),
    )
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== BigInt(changes.length)) throw new Error('a stock level would have gone below zero')
}
