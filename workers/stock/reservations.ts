import { sql, type Transaction } from 'kysely'
import type { AnswerRow } from '../participant/answers.ts'
import type { AskedEvent } from '../participant/asks.ts'
import type { Worked } from '../participant/handle.ts'
import { type Book, decide, type Level, type Reservation, reservationKey } from './book.ts'
import type { StockTables } from './tables.ts'

/**
 * Does what a batch of events asks: all SKUs locked in sorted order (in any order, 348 of 400 transactions deadlocked),
 * every ask decided on the locked book, the difference written in a handful of statements.
 */
export async function workOnStock(tx: Transaction<StockTables>, asked: readonly AskedEvent[]): Promise<Worked> {
  const reservations = await lockReservations(tx, asked)
  const skus = [
    ...asked.flatMap(({ ask, order }) => (ask.action === 'perform' ? order.lines.map(({ sku }) => sku as string) : [])),
    ...[...reservations.values()].flatMap(({ lines }) => lines.map(({ sku }) => sku)),
  ]
  const before: Book = { levels: await lockLevels(tx, [...new Set(skus)].sort()), reservations }
  let after = before
  const answers = asked.map(({ ask, order }): AnswerRow => {
    const { book, answer } = decide(after, ask, order)
    after = book
    return { orderId: order.id, answer }
  })
  await writeReservations(tx, before.reservations, after.reservations)
  await writeLevels(tx, before.levels, after.levels)
  return { answers }
}

async function lockReservations(
  tx: Transaction<StockTables>,
  asked: readonly AskedEvent[],
): Promise<ReadonlyMap<string, Reservation>> {
  const orderIds = [...new Set(asked.map(({ order }) => order.id as string))].sort()
  const heads = await tx
    .selectFrom('reservation')
    .select(['order_id', 'step', 'state'])
    .where('order_id', 'in', orderIds)
    .forUpdate()
    .execute()
  if (heads.length === 0) return new Map()
  const lines = await tx
    .selectFrom('reservation_line')
    .select(['order_id', 'step', 'sku', 'quantity'])
    .where('order_id', 'in', orderIds)
    .execute()
  return new Map(
    heads.map(({ order_id: orderId, step, state }) => [
      reservationKey(orderId, step),
      { state, lines: lines.filter((line) => line.order_id === orderId && line.step === step) },
    ]),
  )
}

async function lockLevels(tx: Transaction<StockTables>, skus: readonly string[]): Promise<ReadonlyMap<string, Level>> {
  if (skus.length === 0) return new Map()
  const rows = await tx
    .selectFrom('stock_level')
    .select(['sku', 'available', 'reserved'])
    .where('sku', 'in', skus)
    .orderBy('sku')
    .forUpdate()
    .execute()
  return new Map(rows.map(({ sku, available, reserved }) => [sku, { available, reserved }]))
}

async function writeReservations(
  tx: Transaction<StockTables>,
  before: ReadonlyMap<string, Reservation>,
  after: ReadonlyMap<string, Reservation>,
): Promise<void> {
  const changed = [...after].filter(([key, reservation]) => before.get(key)?.state !== reservation.state)
  const fresh = changed.filter(([key]) => !before.has(key))
  if (fresh.length > 0) {
    const heads = fresh.map(([key, { state }]) => ({ ...split(key), state }))
    await tx.insertInto('reservation').values(heads).execute()
    const lines = fresh.flatMap(([key, { lines: held }]) =>
      held.map(({ sku, quantity }) => ({ ...split(key), sku, quantity })),
    )
    if (lines.length > 0) await tx.insertInto('reservation_line').values(lines).execute()
  }
  for (const state of ['released', 'committed'] as const) {
    const moved = changed.filter(([key, reservation]) => before.has(key) && reservation.state === state)
    if (moved.length === 0) continue
    const { numUpdatedRows } = await tx
      .updateTable('reservation')
      .set({ state })
      .where('state', '=', 'held')
      .where((eb) => eb.or(moved.map(([key]) => eb.and({ order_id: split(key).order_id, step: split(key).step }))))
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== BigInt(moved.length)) throw new Error('a reservation moved although it was locked')
  }
}

/** One statement for all SKUs, which says the rule again: no level below zero. */
async function writeLevels(
  tx: Transaction<StockTables>,
  before: ReadonlyMap<string, Level>,
  after: ReadonlyMap<string, Level>,
): Promise<void> {
  const changes = [...after].flatMap(([sku, level]) => {
    const was = before.get(sku) ?? { available: 0, reserved: 0 }
    const [available, reserved] = [level.available - was.available, level.reserved - was.reserved]
    return available === 0 && reserved === 0 ? [] : [{ sku, available, reserved }]
  })
  if (changes.length === 0) return
  const by = (what: 'available' | 'reserved') =>
    sql<number>`CASE sku ${sql.join(
      changes.map((change) => sql`WHEN ${change.sku} THEN ${change[what]}`),
      sql` `,
    )} END`
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set({ available: sql`available + ${by('available')}`, reserved: sql`reserved + ${by('reserved')}` })
    .where(
      'sku',
      'in',
      changes.map(({ sku }) => sku),
    )
    .where(sql<boolean>`available + ${by('available')} >= 0`)
    .where(sql<boolean>`reserved + ${by('reserved')} >= 0`)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== BigInt(changes.length)) throw new Error('a stock level would have gone below zero')
}

const split = (key: string): { readonly order_id: string; readonly step: string } => {
  const [orderId = '', step = ''] = key.split(':')
  return { order_id: orderId, step }
}
