import type { Order } from '../../domain/order.ts'
import type { Ask } from '../../domain/saga/event.ts'
import type { StoredAnswer } from '../participant/tables.ts'

export type Level = { readonly available: number; readonly reserved: number }
export type Line = { readonly sku: string; readonly quantity: number }
export type Reservation = { readonly state: 'held' | 'released' | 'committed'; readonly lines: readonly Line[] }

/** Levels and reservations as they are in the database, under lock, and as the batch changes them. */
export type Book = {
  readonly levels: ReadonlyMap<string, Level>
  /** By `order:step`. */
  readonly reservations: ReadonlyMap<string, Reservation>
}

export type Decision = { readonly book: Book; readonly answer: StoredAnswer }

export const reservationKey = (orderId: string, step: string): string => `${orderId}:${step}`

/**
 * What stock says to an ask. A reservation that is there decides, never what the order says: asked twice, the second
 * time changes nothing; a do after its undo takes nothing; an undo of nothing leaves a tombstone.
 */
export function decide(book: Book, ask: Ask, order: Order): Decision {
  const key = reservationKey(order.id, ask.step)
  const reservation = book.reservations.get(key)
  const answer = (outcome: StoredAnswer['outcome'], code?: string, message = ''): StoredAnswer => ({
    step: ask.step,
    action: ask.action,
    round: ask.round,
    outcome,
    ...(code !== undefined && { reason: { code, message } }),
  })
  const same = (outcome: StoredAnswer['outcome'], code?: string, message?: string) => ({
    book,
    answer: answer(outcome, code, message),
  })

  if (ask.action === 'perform') {
    if (reservation?.state === 'released')
      return same('rejected', 'already_undone', 'The reservation was undone before')
    if (reservation !== undefined) return same('completed')
    const held = linesBySku(order)
    const missing = held.find(({ sku, quantity }) => (book.levels.get(sku)?.available ?? 0) < quantity)
    if (missing) return same('rejected', 'out_of_stock', `Not enough of ${missing.sku} in stock`)
    return {
      book: change(book, key, { state: 'held', lines: held }, { available: -1, reserved: 1 }),
      answer: answer('completed'),
    }
  }
  if (ask.action === 'compensate') {
    if (reservation?.state === 'committed') return same('undoRefused', 'already_committed', 'The goods have left')
    if (reservation?.state === 'released') return same('completed')
    const released = { state: 'released', lines: reservation?.lines ?? [] } as const
    return { book: change(book, key, released, { available: 1, reserved: -1 }), answer: answer('completed') }
  }
  if (reservation?.state === 'committed') return same('completed')
  if (reservation?.state !== 'held') return same('rejected', 'nothing_held', 'There is no reservation to commit')
  const committed = { state: 'committed', lines: reservation.lines } as const
  return { book: change(book, key, committed, { available: 0, reserved: -1 }), answer: answer('completed') }
}

function change(book: Book, key: string, reservation: Reservation, per: Level): Book {
  const levels = new Map(book.levels)
  for (const { sku, quantity } of reservation.lines) {
    const level = levels.get(sku)
    if (level === undefined) throw new Error(`the level of ${sku} was not locked`)
    levels.set(sku, {
      available: level.available + per.available * quantity,
      reserved: level.reserved + per.reserved * quantity,
    })
  }
  return { levels, reservations: new Map(book.reservations).set(key, reservation) }
}

/** The API refuses a repeated SKU; were one to come all the same, its lines count together. */
function linesBySku(order: Order): readonly Line[] {
  const skus = [...new Set(order.lines.map(({ sku }) => sku as string))]
  const quantityOf = (sku: string) => order.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
  return skus.map((sku) => ({ sku, quantity: quantityOf(sku) }))
}
