import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { writeEntries } from './ledger.ts'
import { type Level as LockedLevel, moved } from './level.ts'
import { lockLevels, writeLevels } from './locked-levels.ts'
import type { StockTables } from './tables.ts'
import { serveWaiting, withNeighbours } from './waiting.ts'

export type Adjustment = {
  readonly sku: string
  readonly delta: number
  readonly reason: string
  /** Account id of the admin, or `system`. */
  readonly actor: string
}

/** As `Adjustment`, by what is to be there afterwards. */
export type Count = Omit<Adjustment, 'delta'> & { readonly onHand: number }

export type Level = {
  readonly sku: string
  readonly onHand: number
  readonly reserved: number
  readonly available: number
}

export type Adjusted =
  | { readonly kind: 'adjusted'; readonly level: Level; readonly delta: number }
  | { readonly kind: 'unknownProduct' }
  /** What is reserved for orders can't be taken away. */
  | { readonly kind: 'belowReserved'; readonly reserved: number }
  | { readonly kind: 'tooMuch' }

/** Far under what the column holds, so that no sum of levels overflows it. */
export const maxOnHand = 1_000_000_000

/** Changes what is on hand and keeps who did it and why; both or neither. Who waits for it is served. */
export async function adjustStock(database: Kysely<StockTables>, adjustment: Adjustment): Promise<Adjusted> {
  return inTransaction(database, (tx) => adjustStockWithin(tx, adjustment))
}

/** As `adjustStock`, as part of something larger. */
export const adjustStockWithin = (tx: Transaction<StockTables>, adjustment: Adjustment): Promise<Adjusted> =>
  changeWithin(tx, adjustment, () => adjustment.delta)

/** Whatever is on hand, so much of it is there now; an adjustment where that is a difference. */
export const countStockWithin = (tx: Transaction<StockTables>, count: Count): Promise<Adjusted> =>
  changeWithin(tx, count, ({ available, reserved }) => count.onHand - available - reserved)

async function changeWithin(
  tx: Transaction<StockTables>,
  { sku, actor, reason }: Omit<Adjustment, 'delta'>,
  deltaOf: (level: LockedLevel) => number,
): Promise<Adjusted> {
  const before = await lockLevels(tx, await withNeighbours(tx, [sku]))
  const level = before.get(sku)
  if (level === undefined) return { kind: 'unknownProduct' }
  const delta = deltaOf(level)
  if (delta === 0) return { kind: 'adjusted', delta, level: told(sku, level) }
  if (level.available + delta < 0) return { kind: 'belowReserved', reserved: level.reserved }
  if (level.available + level.reserved + delta > maxOnHand) return { kind: 'tooMuch' }
  const cause = `adjustment:${randomUUID()}`
  const { level: after, entry } = moved(sku, level, { kind: 'adjusted', available: delta, reserved: 0, cause })
  await writeLevels(tx, before, new Map([[sku, after]]))
  await writeEntries(tx, [entry], { actor, reason })
  if (delta < 0 || after.backordered === 0) return { kind: 'adjusted', delta, level: told(sku, after) }
  await serveWaiting(tx, [sku])
  const served = (await lockLevels(tx, [sku])).get(sku)
  return { kind: 'adjusted', delta, level: told(sku, served ?? after) }
}

const told = (sku: string, { available, reserved }: LockedLevel): Level => ({
  sku,
  onHand: available + reserved,
  reserved,
  available,
})
