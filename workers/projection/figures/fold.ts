import { type Kysely, sql } from 'kysely'
import { orderStatuses } from '../../../domain/order.ts'
import { inTransaction } from '../../../platform/transactions.ts'
import type { OrdersTables } from '../tables.ts'
import { countedTypes, whyUndone } from './behind.ts'
import { bucketSql } from './histogram.ts'
import { type FigureSeries, foldedSeries, minutesOfOrders } from './tables.ts'
import { minuteMs } from './time.ts'

type Database = Kysely<OrdersTables>
type Counted = { readonly series: FigureSeries; readonly name: string; readonly value: number }
type Found = { readonly type: string; readonly detail: string | null; readonly orders: number | string }

/** Between two rests, so that no request waits long for the database. */
const atOnce = 50

const { steps, confirmed, undone } = countedTypes

/** Counts the ripe minutes anew, the latest first, some of them at most. @returns how many. */
export async function foldDue(database: Database): Promise<number> {
  const due = await database
    .selectFrom('figure_due')
    .select(['minute'])
    .select(({ fn }) => [fn.max('whole').as('whole'), fn.max('ripe_at').as('ripeAt')])
    .where('ripe_at', '<=', sql<Date>`UTC_TIMESTAMP(3)`)
    .groupBy('minute')
    .orderBy('minute', 'desc')
    .limit(atOnce)
    .execute()
  for (const { minute, whole, ripeAt } of due) {
    await inTransaction(database, async (tx) => {
      await foldMinute(tx, minute, Number(whole) === 1)
      await tx.deleteFrom('figure_due').where('minute', '=', minute).where('ripe_at', '<=', ripeAt).execute()
    })
  }
  return due.length
}

/** Counts a minute from nothing, so it may be done as often as one likes. */
async function foldMinute(database: Database, minute: Date, whole: boolean): Promise<void> {
  const counted = [...(await countStatuses(database, minute)), ...(whole ? await countEvents(database, minute) : [])]
  const series = whole ? [...foldedSeries] : ['status' as const]
  await database.deleteFrom('figure').where('minute', '=', minute).where('series', 'in', series).execute()
  if (counted.length === 0) return
  const rows = counted.map((one) => ({ minute, ...one }))
  await database.insertInto('figure').values(rows).execute()
}

const end = (minute: Date): Date => new Date(minute.getTime() + minuteMs)

/** By an index alone. */
export async function countStatuses(database: Database, minute: Date): Promise<readonly Counted[]> {
  const { rows } = await sql<{ status: string; orders: number | string }>`
    SELECT status, COUNT(*) AS orders FROM orders FORCE INDEX (newest_by_status)
    WHERE status IN (${sql.join(orderStatuses)}) AND placed_at >= ${minute} AND placed_at < ${end(minute)}
    GROUP BY status`.execute(database)
  return rows.map(({ status, orders }) => ({ series: 'status', name: status, value: Number(orders) }))
}

/** From the orders placed in this minute, and their events, both by key. An order that did something twice counts once. */
export async function countEvents(database: Database, minute: Date): Promise<readonly Counted[]> {
  const took = sql.raw(bucketSql('TIMESTAMPDIFF(MICROSECOND, orders.placed_at, told.occurred_at) / 1000'))
  const { rows } = await sql<Found>`
    SELECT told.type AS type, CASE told.type
        WHEN ${confirmed} THEN CAST(${took} AS CHAR)
        WHEN ${undone} THEN ${whyUndone}
      END AS detail, COUNT(DISTINCT told.order_id) AS orders
    FROM orders FORCE INDEX (newest) STRAIGHT_JOIN order_event AS told FORCE INDEX (PRIMARY) ON told.order_id = orders.id
    WHERE orders.placed_at >= ${minute} AND orders.placed_at < ${end(minute)}
      AND told.type IN (${sql.join([...steps, confirmed, undone])})
    GROUP BY type, detail`.execute(database)
  return counted(rows)
}

/** What was found, by the series that it belongs to: a confirmation is a time it took, and as far as an order came. */
export function counted(found: readonly Found[]): readonly Counted[] {
  const sums = new Map<string, Counted>()
  function add(series: FigureSeries, name: string, orders: number): void {
    const value = orders + (sums.get(`${series} ${name}`)?.value ?? 0)
    sums.set(`${series} ${name}`, { series, name, value })
  }
  for (const { type, detail, orders } of found) {
    if (type === undone) add('undone', plain(detail ?? ''), Number(orders))
    else add('reached', type, Number(orders))
    if (type === confirmed) add('confirmed', String(Number(detail)), Number(orders))
  }
  return [...sums.values()]
}

/** As its column takes it: codes are ours or those of a provider. */
const plain = (name: string): string => name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 128)

/** Marks every minute that has orders or figures: all that is counted of orders is counted anew. */
export async function remakeFigures(database: Database): Promise<void> {
  await sql`INSERT IGNORE INTO figure_due (minute, whole, ripe_at)
    SELECT minute, 1, UTC_TIMESTAMP(3) FROM (${sql.raw(minutesOfOrders)}) AS known`.execute(database)
  await sql`INSERT IGNORE INTO figure_due (minute, whole, ripe_at)
    SELECT DISTINCT minute, 1, UTC_TIMESTAMP(3) FROM figure WHERE series IN (${sql.join(foldedSeries)})`.execute(
    database,
  )
}
