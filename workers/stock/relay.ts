import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Publisher } from '../../events/publisher.ts'
import { type StockEvent, type StockLevelData, toStockMessage } from '../../events/stock-levels.ts'
import { failpoint } from '../../platform/failpoint.ts'
import type { Log } from '../../platform/log.ts'
import { leaseSkus, releaseLeases, renewLeases } from './lease.ts'
import { type Loop, startLoop } from './loop.ts'
import type { StockTables } from './tables.ts'

type Row = {
  readonly sku: string
  readonly version: number
  readonly available: number
  readonly reserved: number
  readonly cause: string
  readonly at: Date
  readonly low: number
}

type Relay = {
  readonly database: Kysely<StockTables>
  readonly publisher: Pick<Publisher, 'publish'>
  readonly log: Log
}

const rowsPerRound = 1_000
const renewEveryMs = 5_000

/** Takes the ledger to the topic: what is not marked as relayed, oftener when it is woken, else every second. */
export const startRelay = (relay: Relay): Loop =>
  startLoop({
    what: 'the relay of stock levels',
    everyMs: 1_000,
    restMs: 250,
    work: () => relayOnce(relay),
    log: relay.log,
  })

/**
 * Tells the newest level of each SKU that has unmarked entries. A SKU is one relay's at a time, so versions come in
 * order; it is marked only after the broker has it, so nothing is lost, and told twice after a crash only.
 * @returns whether there is more.
 */
export async function relayOnce({ database, publisher, log }: Relay): Promise<boolean> {
  const waiting = await unmarked(database).select('sku').distinct().limit(200).execute()
  if (waiting.length === 0) return false
  const token = randomUUID()
  const skus = await leaseSkus(
    database,
    waiting.map(({ sku }) => sku),
    token,
  )
  if (skus.length === 0) return false
  const renewing = setInterval(() => {
    renewLeases(database, skus, token).catch((error: unknown) => log.warn({ err: error }, 'a lease was not renewed'))
  }, renewEveryMs)
  try {
    const rows = await unmarked(database)
      .select(['sku', 'version', 'available', 'reserved', 'cause', 'at', 'low'])
      .where('sku', 'in', skus)
      .orderBy('sku')
      .orderBy('version')
      .limit(rowsPerRound)
      .execute()
    await publisher.publish(eventsOf(rows).map(toStockMessage))
    failpoint('levels.published')
    await mark(database, rows)
    return rows.length === rowsPerRound || waiting.length === 200
  } finally {
    clearInterval(renewing)
    if (!(await releaseLeases(database, skus, token))) await tellAgain(database, skus, log)
  }
}

const unmarked = (database: Kysely<StockTables>) => database.selectFrom('stock_ledger').where('relayed', '=', 0)

/** A burst on one SKU is told by its last entry, which comes last, so that it is the one that compaction keeps. */
export function eventsOf(rows: readonly Row[]): readonly StockEvent[] {
  const bySku = new Map<string, Row[]>()
  for (const row of rows) bySku.set(row.sku, [...(bySku.get(row.sku) ?? []), row])
  return [...bySku.values()].flatMap((own): readonly StockEvent[] => {
    const newest = own.at(-1)
    const low = own.findLast((row) => row.low > 0)
    return [
      ...(low ? [{ type: 'stock.low', data: { ...dataOf(low), threshold: low.low } } as const] : []),
      ...(newest ? [{ type: 'stock.level_changed', data: dataOf(newest) } as const] : []),
    ]
  })
}

const dataOf = ({ sku, version, available, reserved, cause, at }: Row): StockLevelData => ({
  sku,
  version,
  available,
  reserved,
  onHand: available + reserved,
  cause,
  occurredAt: at.toISOString(),
})

async function mark(database: Kysely<StockTables>, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const spans = new Map<string, { readonly from: number; readonly to: number }>()
  for (const { sku, version } of rows) spans.set(sku, { from: spans.get(sku)?.from ?? version, to: version })
  await database
    .updateTable('stock_ledger')
    .set({ relayed: 1 })
    .where('relayed', '=', 0)
    .where((eb) =>
      eb.or([...spans].map(([sku, { from, to }]) => eb('sku', '=', sku).and(eb.between('version', from, to)))),
    )
    .execute()
}

/** Whoever had the lease meanwhile may have told newer levels before ours: the newest has to be the last. */
async function tellAgain(database: Kysely<StockTables>, skus: readonly string[], log: Log): Promise<void> {
  log.warn({ skus: skus.length }, 'a lease ran out while levels were published; the newest are told once more')
  const newest = await database.selectFrom('stock_level').select(['sku', 'version']).where('sku', 'in', skus).execute()
  await database
    .updateTable('stock_ledger')
    .set({ relayed: 0 })
    .where((eb) => eb.or(newest.map(({ sku, version }) => eb.and({ sku, version }))))
    .execute()
}
