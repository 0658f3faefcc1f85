import type { Transaction } from 'kysely'
import type { Ask } from '../../domain/saga/event.ts'
import type { AnswerRow } from '../participant/answers.ts'
import type { AskedEvent } from '../participant/asks.ts'
import type { Worked } from '../participant/handle.ts'
import { type Book, decide, type Reservation, reservationKey, type StockOrder } from './book.ts'
import { type Behind, byOrder, writeEntries } from './ledger.ts'
import { lockLevels, writeLevels } from './locked-levels.ts'
import type { StockTables } from './tables.ts'
import { leaveQueues, serveWaiting, withNeighbours } from './waiting.ts'

type Asked = { readonly ask: Ask; readonly order: StockOrder }
type Reservations = Book['reservations']

/** `work` of the participant; told when it is committed: that levels changed, and that waiting orders were served. */
export const makeWork =
  (changed: () => void, served: () => void) =>
  async (tx: Transaction<StockTables>, asked: readonly AskedEvent[]): Promise<Worked> => {
    const { answers, servedSome } = await workOnStock(tx, asked)
    const committed = (): void => {
      changed()
      if (servedSome) served()
    }
    return { answers, committed }
  }

/**
 * Does what a batch of events asks: all SKUs locked in sorted order (in any order, 348 of 400 transactions deadlocked),
 * every ask decided on the locked book, the difference written in a handful of statements.
 */
export async function workOnStock(
  tx: Transaction<StockTables>,
  asked: readonly Asked[],
  behind: Behind = byOrder,
): Promise<{ readonly answers: readonly AnswerRow[]; readonly servedSome: boolean }> {
  const reservations = await lockReservations(tx, asked)
  const rising = await withNeighbours(tx, risingSkus(asked, reservations))
  const moving = [...reservations.values()].flatMap(({ lines }) => skusOf(lines))
  const skus = [...asked.flatMap(wantedSkus), ...moving, ...rising]
  const before: Book = { levels: await lockLevels(tx, skus), reservations, entries: [] }
  let after = before
  const answers = asked.flatMap(({ ask, order }): readonly AnswerRow[] => {
    const { book, answer } = decide(after, ask, order)
    after = book
    return answer === undefined ? [] : [{ orderId: order.id, answer }]
  })
  await writeReservations(tx, before.reservations, after.reservations)
  await writeLevels(tx, before.levels, after.levels)
  await writeEntries(tx, after.entries, behind)
  const risen = risingSkus(asked, after.reservations).filter((sku) => (after.levels.get(sku)?.backordered ?? 0) > 0)
  return { answers, servedSome: risen.length > 0 && (await serveWaiting(tx, risen)) }
}

const skusOf = (lines: readonly { readonly sku: string }[]): readonly string[] => lines.map(({ sku }) => sku)

const wantedSkus = ({ ask, order }: Asked): readonly string[] =>
  ask.action === 'perform' ? skusOf(order.lines) : skusOf(ask.lines ?? [])

/** Where goods may come free, or a place in the queue; of what is only sold there is none. */
const risingSkus = (asked: readonly Asked[], reservations: Reservations): readonly string[] => [
  ...new Set(
    asked
      .filter(({ ask }) => ask.action === 'compensate' || ask.action === 'restock')
      .flatMap(({ ask, order }) => [
        ...skusOf(ask.lines ?? []),
        ...skusOf(reservations.get(reservationKey(order.id, ask.step))?.lines ?? []),
      ]),
  ),
]

async function lockReservations(tx: Transaction<StockTables>, asked: readonly Asked[]): Promise<Reservations> {
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
    heads.map(({ order_id: orderId, step, state }): [string, Reservation] => {
      const own = lines.filter((line) => line.order_id === orderId && line.step === step)
      // where it stands in the queue matters to the queue alone
      const reservation = state === 'waiting' ? { state, lines: own, place: 0, round: 0 } : { state, lines: own }
      return [reservationKey(orderId, step), reservation]
    }),
  )
}

async function writeReservations(
  tx: Transaction<StockTables>,
  before: Reservations,
  after: Reservations,
): Promise<void> {
  const changed = [...after].filter(([key, reservation]) => before.get(key)?.state !== reservation.state)
  const fresh = changed.filter(([key]) => !before.has(key))
  if (fresh.length > 0) await insertReservations(tx, fresh)
  for (const state of ['released', 'committed'] as const) {
    const moved = changed.filter(([key, reservation]) => before.has(key) && reservation.state === state)
    if (moved.length === 0) continue
    const { numUpdatedRows } = await tx
      .updateTable('reservation')
      .set({ state })
      .where('state', 'in', state === 'released' ? ['held', 'waiting'] : ['held'])
      .where((eb) => eb.or(moved.map(([key]) => eb.and(split(key)))))
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== BigInt(moved.length)) throw new Error('a reservation moved although it was locked')
  }
  const left = changed.filter(([key]) => before.get(key)?.state === 'waiting').map(([key]) => split(key))
  await leaveQueues(
    tx,
    left.map(({ order_id: orderId, step }) => ({ orderId, step })),
  )
}

async function insertReservations(
  tx: Transaction<StockTables>,
  fresh: readonly (readonly [string, Reservation])[],
): Promise<void> {
  const heads = fresh.map(([key, { state }]) => ({ ...split(key), state }))
  await tx.insertInto('reservation').values(heads).execute()
  const lines = fresh.flatMap(([key, reservation]) =>
    reservation.lines.map(({ sku, quantity }) => ({ ...split(key), sku, quantity })),
  )
  if (lines.length > 0) await tx.insertInto('reservation_line').values(lines).execute()
  const queued = fresh.flatMap(([key, reservation]) => {
    if (reservation.state !== 'waiting') return []
    const { place, round } = reservation
    return reservation.lines.map(({ sku, quantity }) => ({ ...split(key), place, round, sku, quantity }))
  })
  if (queued.length > 0) await tx.insertInto('backorder_line').values(queued).execute()
}

const split = (key: string): { readonly order_id: string; readonly step: string } => {
  const [orderId = '', step = ''] = key.split(':')
  return { order_id: orderId, step }
}
