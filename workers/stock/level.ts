import type { StockLedgerTable } from './tables.ts'

/** A SKU's level as it is in the database, under lock, and as a transaction changes it. */
export type Level = {
  readonly available: number
  readonly reserved: number
  readonly backordered: number
  readonly version: number
  readonly lastPlace: number
  readonly lowStockThreshold: number
}

/** A change of a level, as the ledger keeps it. */
export type Entry = {
  readonly sku: string
  readonly version: number
  readonly kind: StockLedgerTable['kind']
  readonly availableDelta: number
  readonly reservedDelta: number
  readonly available: number
  readonly reserved: number
  readonly cause: string
  readonly low: number
}

export type Change = {
  readonly kind: Entry['kind']
  readonly available: number
  readonly reserved: number
  readonly cause: string
}

/** What can be sold to somebody new: what the queue waits for is not sold past it. */
export const free = ({ available, backordered }: Pick<Level, 'available' | 'backordered'>): number =>
  available - backordered

/** Every change of what is on hand goes through here, so that each has its entry. */
export function moved(sku: string, before: Level, change: Change): { readonly level: Level; readonly entry: Entry } {
  const level: Level = {
    ...before,
    available: before.available + change.available,
    reserved: before.reserved + change.reserved,
    version: before.version + 1,
  }
  const threshold = before.lowStockThreshold
  const fellUnder = before.available >= threshold && level.available < threshold
  const entry: Entry = {
    sku,
    version: level.version,
    kind: change.kind,
    availableDelta: change.available,
    reservedDelta: change.reserved,
    available: level.available,
    reserved: level.reserved,
    cause: change.cause,
    low: fellUnder ? threshold : 0,
  }
  return { level, entry }
}
