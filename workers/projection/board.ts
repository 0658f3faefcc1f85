import { type Kysely, sql } from 'kysely'
import { overStatuses } from '../../domain/order.ts'
import type { OrdersTables } from './tables.ts'

type Database = Kysely<OrdersTables>

/** Orders under one view of the board; `waitingFor`: by step, or `customer`. Each is counted up to a limit. */
export type BoardCounts = {
  readonly needsAttention: number
  readonly compensating: number
  readonly deadLettered: number
  readonly waiting: number
  readonly waitingFor: Readonly<Record<string, number>>
}

/** @param since what has been waited for since before this moment is counted as waiting. */
export async function countBoard(database: Database, since: Date, most: number): Promise<BoardCounts> {
  const [needsAttention, compensating, deadLettered, waits] = await Promise.all([
    countAttention(database, most),
    countCompensating(database, most),
    countDeadLettered(database, most),
    countWaits(database, since, most),
  ])
  const waitingFor: Record<string, number> = {}
  for (const [names, count] of waits) {
    for (const name of names.split(',')) waitingFor[name] = (waitingFor[name] ?? 0) + count
  }
  const waiting = waits.reduce((sum, [, count]) => sum + count, 0)
  return { needsAttention, compensating, deadLettered, waiting, waitingFor }
}

type Counted = { readonly count: number | string }
const single = (rows: readonly Counted[]): number => Number(rows[0]?.count ?? 0)

/** Like all of these: read from an index alone, and no further than `most`. */
export async function countAttention(database: Database, most: number): Promise<number> {
  const { rows } = await sql<Counted>`
    SELECT COUNT(*) AS count FROM (
      SELECT needs_attention FROM orders FORCE INDEX (newest_by_attention) WHERE needs_attention = 1 LIMIT ${most}
    ) AS found`.execute(database)
  return single(rows)
}

export async function countCompensating(database: Database, most: number): Promise<number> {
  const { rows } = await sql<Counted>`
    SELECT COUNT(*) AS count FROM (
      SELECT status FROM orders FORCE INDEX (newest_by_status) WHERE status IN ('cancelling', 'failing') LIMIT ${most}
    ) AS found`.execute(database)
  return single(rows)
}

/** Orders with a letter that waits for a person, however many of them. */
export async function countDeadLettered(database: Database, most: number): Promise<number> {
  const { rows } = await sql<Counted>`
    SELECT COUNT(DISTINCT order_id) AS count FROM (
      SELECT order_id FROM dead_letter FORCE INDEX (orders_by_state)
      WHERE state = 'open' AND order_id IS NOT NULL LIMIT ${most}
    ) AS found`.execute(database)
  return single(rows)
}

/**
 * The names as they stand together, and how many orders wait for just these. Not those that are over: a projection that
 * knew of no waits may have ended an order and left them standing.
 */
export async function countWaits(database: Database, since: Date, most: number) {
  const { rows } = await sql<Counted & { readonly names: string }>`
    SELECT names, COUNT(*) AS count FROM (
      SELECT waiting_for AS names FROM orders FORCE INDEX (longest_waiting)
      WHERE waiting_since < ${since} AND status NOT IN (${sql.join(overStatuses)}) LIMIT ${most}
    ) AS found GROUP BY names`.execute(database)
  return rows.map(({ names, count }) => [names, Number(count)] as const)
}

/** Some of the orders with a letter that waits for a person. */
export async function findDeadLettered(database: Database, most: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string }>`
    SELECT DISTINCT order_id AS id FROM (
      SELECT order_id FROM dead_letter FORCE INDEX (orders_by_state)
      WHERE state = 'open' AND order_id IS NOT NULL LIMIT ${most}
    ) AS found`.execute(database)
  return rows.map(({ id }) => id)
}
