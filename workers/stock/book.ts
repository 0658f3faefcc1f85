import type { Order } from '../../domain/order.ts'
import type { Ask } from '../../domain/saga/event.ts'
import type { StoredAnswer } from '../participant/tables.ts'
import { type Change, type Entry, free, type Level, moved } from './level.ts'

export type Line = { readonly sku: string; readonly quantity: number }
export type Reservation =
  | { readonly state: 'held' | 'released' | 'committed' | 'returned'; readonly lines: readonly Line[] }
  | { readonly state: 'waiting'; readonly lines: readonly Line[]; readonly place: number; readonly round: number }

/** Levels and reservations as they are in the database, under lock, and as the batch changes them. */
export type Book = {
  readonly levels: ReadonlyMap<string, Level>
  /** By `order:step`. */
  readonly reservations: ReadonlyMap<string, Reservation>
  /** What the batch writes into the ledger, in order. */
  readonly entries: readonly Entry[]
}

/** No answer: the order waits for goods, and is answered when its turn comes. */
export type Decision = { readonly book: Book; readonly answer: StoredAnswer | undefined }

export type StockOrder = Pick<Order, 'id'> & {
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly allowBackorder?: boolean }[]
}

export const reservationKey = (orderId: string, step: string): string => `${orderId}:${step}`

/**
 * What stock says to an ask. A reservation that is there decides, never what the order says: asked twice, the second
 * time changes nothing; a do after its undo takes nothing; an undo of nothing leaves a tombstone.
 */
export function decide(book: Book, ask: Ask, order: StockOrder): Decision {
  const decision = decideAsUsual(book, ask, order)
  if (ask.byHand !== true || decision.answer?.outcome === 'completed') return decision
  // an admin says that it was done outside: remembered as it is, and proven
  const { step, action, round } = ask
  return { book, answer: { step, action, round, outcome: 'completed' } }
}

function decideAsUsual(book: Book, ask: Ask, order: StockOrder): Decision {
  const key = reservationKey(order.id, ask.step)
  const known = book.reservations.get(key)
  const cause = `${key}:${ask.action}:${ask.round}`
  const answered = (outcome: StoredAnswer['outcome'], code?: string, message = '', now = book): Decision => {
    const { step, action, round } = ask
    const reason = code !== undefined && { reason: { code, message } }
    return { book: now, answer: { step, action, round, outcome, ...reason } }
  }
  const done = (now: Book): Decision => answered('completed', undefined, '', now)

  switch (ask.action) {
    case 'perform': {
      if (known?.state === 'waiting') return { book, answer: undefined }
      if (known?.state === 'released')
        return answered('rejected', 'already_undone', 'The reservation was undone before')
      if (known?.state === 'returned') return answered('rejected', 'step_in_use', 'The step is that of a return')
      if (known !== undefined) return answered('completed')
      const lines = linesBySku(order.lines)
      const short = lines.filter(({ sku, quantity }) => freeOf(book, sku) < quantity)
      const [missing] = short
      if (missing === undefined) {
        return done(
          change(book, key, { state: 'held', lines }, { kind: 'reserved', available: -1, reserved: 1, cause }),
        )
      }
      if (short.every(({ sku }) => mayWait(book, order, sku))) {
        return { book: queueUp(book, key, lines, ask.round), answer: undefined }
      }
      return answered('rejected', 'out_of_stock', `Not enough of ${missing.sku} in stock`)
    }
    case 'compensate': {
      if (known?.state === 'committed') return answered('undoRefused', 'already_committed', 'The goods have left')
      if (known?.state === 'returned') return answered('undoRefused', 'already_returned', 'The goods are back')
      if (known?.state === 'released') return answered('completed')
      const released = { state: 'released', lines: known?.lines ?? [] } as const
      if (known?.state === 'waiting') return done(leaveQueue(book, key, released))
      return done(change(book, key, released, { kind: 'released', available: 1, reserved: -1, cause }))
    }
    case 'commit': {
      if (known?.state === 'committed') return answered('completed')
      if (known?.state !== 'held') return answered('rejected', 'nothing_held', 'There is no reservation to commit')
      const committed = { state: 'committed', lines: known.lines } as const
      return done(change(book, key, committed, { kind: 'committed', available: 0, reserved: -1, cause }))
    }
    case 'restock': {
      if (known?.state === 'returned') return answered('completed')
      if (known !== undefined) return answered('rejected', 'step_in_use', 'The step is that of a reservation')
      const lines = linesBySku(ask.lines ?? [])
      const unknown = lines.find(({ sku }) => !book.levels.has(sku))
      if (unknown) return answered('rejected', 'unknown_sku', `There is no ${unknown.sku}`)
      const returned = { state: 'returned', lines } as const
      return done(change(book, key, returned, { kind: 'returned', available: 1, reserved: 0, cause }))
    }
    case 'capture':
    case 'refund':
      return answered('rejected', 'not_supported', 'Stock moves goods, not money')
  }
}

const freeOf = (book: Book, sku: string): number => {
  const level = book.levels.get(sku)
  return level === undefined ? 0 : free(level)
}

const mayWait = ({ levels }: Book, order: StockOrder, sku: string): boolean =>
  levels.has(sku) && order.lines.every((line) => line.sku !== sku || line.allowBackorder === true)

/** Each line's quantity times `per`. */
function change(book: Book, key: string, reservation: Reservation, per: Change): Book {
  const levels = new Map(book.levels)
  const entries = reservation.lines.map(({ sku, quantity }) => {
    const { available, reserved } = per
    const whole = { ...per, available: available * quantity, reserved: reserved * quantity }
    const { level, entry } = moved(sku, levelOf(book, sku), whole)
    levels.set(sku, level)
    return entry
  })
  const reservations = new Map(book.reservations).set(key, reservation)
  return { levels, reservations, entries: [...book.entries, ...entries] }
}

/**
 * One place for all its SKUs, behind everybody who waits for any of them. Orders that share a SKU come to it one after
 * the other, under its lock, so no two wait for each other.
 */
function queueUp(book: Book, key: string, lines: readonly Line[], round: number): Book {
  const place = 1 + Math.max(...lines.map(({ sku }) => levelOf(book, sku).lastPlace))
  const levels = new Map(book.levels)
  for (const { sku, quantity } of lines) {
    const level = levelOf(book, sku)
    levels.set(sku, { ...level, backordered: level.backordered + quantity, lastPlace: place })
  }
  const reservations = new Map(book.reservations).set(key, { state: 'waiting', lines, place, round })
  return { ...book, levels, reservations }
}

function leaveQueue(book: Book, key: string, released: Reservation): Book {
  const levels = new Map(book.levels)
  for (const { sku, quantity } of released.lines) {
    const level = levelOf(book, sku)
    levels.set(sku, { ...level, backordered: level.backordered - quantity })
  }
  return { ...book, levels, reservations: new Map(book.reservations).set(key, released) }
}

function levelOf({ levels }: Book, sku: string): Level {
  const level = levels.get(sku)
  if (level === undefined) throw new Error(`the level of ${sku} was not locked`)
  return level
}

/** The API refuses a repeated SKU; were one to come all the same, its lines count together. */
function linesBySku(lines: readonly Line[]): readonly Line[] {
  const skus = [...new Set(lines.map(({ sku }) => sku))]
  const quantityOf = (sku: string) => lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
  return skus.map((sku) => ({ sku, quantity: quantityOf(sku) }))
}
