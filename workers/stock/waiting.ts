import type { Kysely, Transaction } from 'kysely'
import { storeAnswers } from '../participant/answers.ts'
import type { ParticipantTables } from '../participant/tables.ts'
import { byOrder, writeEntries } from './ledger.ts'
import type { Level } from './level.ts'
import { lockLevels, writeLevels } from './locked-levels.ts'
import { type Queue, serve, type Waiting } from './queue.ts'
import type { StockTables } from './tables.ts'

type Levels = ReadonlyMap<string, Level>

/**
 * These and what else the orders want that wait for them: all of it is to be locked at once, in sorted order, before
 * the queues of these are served. Nobody waits: that is one look into an empty index.
 */
export async function withNeighbours(
  tx: Transaction<StockTables>,
  skus: readonly string[],
): Promise<readonly string[]> {
  if (skus.length === 0) return []
  const rows = await tx
    .selectFrom('backorder_line as mine')
    .innerJoin('backorder_line as other', (join) =>
      join.onRef('other.order_id', '=', 'mine.order_id').onRef('other.step', '=', 'mine.step'),
    )
    .select('other.sku')
    .distinct()
    .where('mine.sku', 'in', skus)
    .execute()
  return [...new Set([...skus, ...rows.map(({ sku }) => sku)])]
}

/**
 * Gives what these SKUs have to who waits for it: reservation, levels, ledger, answer and the note that the answer has
 * to be signalled, in the transaction that let the levels rise. Called with their locks held.
 * @returns whether anybody was served.
 */
export async function serveWaiting(tx: Transaction<StockTables>, skus: Iterable<string>): Promise<boolean> {
  const risen = await lockLevels(tx, skus)
  const heads = await readQueues(tx, risen)
  const candidates = await readOrders(tx, heads)
  if (candidates.length === 0) return false
  const others = candidates.flatMap(({ lines }) => lines.map(({ sku }) => sku)).filter((sku) => !risen.has(sku))
  // locked already, unless somebody joined the queue meanwhile; a deadlock then repeats the transaction
  const rest = await lockLevels(tx, others)
  const before = new Map([...risen, ...rest])
  const queues = new Map([...heads, ...(await readQueues(tx, rest))])
  const { orders, levels, entries } = serve(before, queues, candidates)
  if (orders.length === 0) return false
  await hold(tx, orders)
  await writeLevels(tx, before, levels)
  await writeEntries(tx, entries, byOrder)
  await answer(tx, orders)
  return true
}

/** As far as what is available could reach: everyone waits for one at least. */
async function readQueues(tx: Transaction<StockTables>, levels: Levels): Promise<ReadonlyMap<string, Queue & Heads>> {
  const queues = new Map<string, Queue & Heads>()
  for (const [sku, { available, backordered }] of levels) {
    if (available === 0 || backordered === 0) continue
    const rows = await tx
      .selectFrom('backorder_line')
      .select(['order_id', 'step', 'place', 'quantity'])
      .where('sku', '=', sku)
      .orderBy('place')
      .limit(available)
      .execute()
    queues.set(sku, rows)
  }
  return queues
}

type Heads = readonly { readonly order_id: string; readonly step: string }[]

async function readOrders(tx: Transaction<StockTables>, heads: ReadonlyMap<string, Heads>): Promise<Waiting[]> {
  const wanted = new Set([...heads.values()].flat().map(({ order_id, step }) => `${order_id}:${step}`))
  if (wanted.size === 0) return []
  const rows = await tx
    .selectFrom('backorder_line')
    .selectAll()
    .where('order_id', 'in', [...new Set([...heads.values()].flat().map(({ order_id }) => order_id))])
    .execute()
  const orders = new Map<string, Waiting>()
  for (const { order_id: orderId, step, round, place, sku, quantity } of rows) {
    const key = `${orderId}:${step}`
    if (!wanted.has(key)) continue
    const lines = [...(orders.get(key)?.lines ?? []), { sku, quantity }]
    orders.set(key, { orderId, step, round, place, lines })
  }
  return [...orders.values()]
}

async function hold(tx: Transaction<StockTables>, orders: readonly Waiting[]): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('reservation')
    .set({ state: 'held' })
    .where('state', '=', 'waiting')
    .where((eb) => eb.or(orders.map(({ orderId, step }) => eb.and({ order_id: orderId, step }))))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== BigInt(orders.length)) throw new Error('a reservation in the queue was not waiting')
  await leaveQueues(tx, orders)
}

export async function leaveQueues(
  tx: Transaction<StockTables>,
  orders: readonly { readonly orderId: string; readonly step: string }[],
): Promise<void> {
  if (orders.length === 0) return
  await tx
    .deleteFrom('backorder_line')
    .where((eb) => eb.or(orders.map(({ orderId, step }) => eb.and({ order_id: orderId, step }))))
    .execute()
}

/** Whoever made room may have no way to Temporal, so the worker is left a note. */
async function answer(tx: Transaction<StockTables>, orders: readonly Waiting[]): Promise<void> {
  const base = tx as unknown as Transaction<ParticipantTables>
  await storeAnswers(
    base,
    orders.map(({ orderId, step, round }) => ({ orderId, answer: servedAnswer({ step, round }) })),
  )
  const notes = orders.map(({ orderId, step, round }) => ({ order_id: orderId, step, round }))
  await tx.insertInto('served_order').values(notes).execute()
}

export const servedAnswer = ({ step, round }: { readonly step: string; readonly round: number }) =>
  ({ step, action: 'perform', round, outcome: 'completed' }) as const

/** Orders whose turn came and whose workflow may not know yet, the oldest first. */
export const listServed = (database: Kysely<StockTables>, limit: number) =>
  database.selectFrom('served_order').selectAll().orderBy('served_at').limit(limit).execute()
