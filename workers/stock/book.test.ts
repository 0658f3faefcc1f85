import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderId, sku } from '../../domain/ids.ts'
import type { Order, OrderLine } from '../../domain/order.ts'
import type { Ask } from '../../domain/saga/event.ts'
import { anOrder } from '../../domain/saga/testing.ts'
import { type Book, decide, type Line, type Reservation, reservationKey } from './book.ts'
import type { Level } from './level.ts'

const ask = (action: Ask['action'], round = 1): Ask => ({
  step: 'stock',
  participant: 'stock',
  action,
  round,
  attempt: 1,
  deadlineAt: '2030-01-01T10:01:00.000Z',
  ...(action === 'restock' && { lines: [{ sku: 'TEAPOT', quantity: 2 }] }),
})

const lineOf = ({ sku: name, quantity }: Line): OrderLine => {
  const price = { amountMinor: 100, currency: 'EUR' }
  return { sku: sku(name), name, quantity, unitPrice: price, lineTotal: { ...price, amountMinor: 100 * quantity } }
}
const orderOf = (...lines: readonly Line[]): Order => ({ ...anOrder, lines: lines.map(lineOf) })

const key = reservationKey(anOrder.id, 'stock')
const twoTeapots: readonly Line[] = [{ sku: 'TEAPOT', quantity: 2 }]
const level = (available: number, reserved = 0, backordered = 0): Level => ({
  available,
  reserved,
  backordered,
  version: 1,
  lastPlace: 0,
  lowStockThreshold: 0,
})
const teapots = (available: number, reserved: number, backordered = 0): ReadonlyMap<string, Level> =>
  new Map([['TEAPOT', level(available, reserved, backordered)]])
/** Without what changes with every change. */
const numbers = ({ levels }: Book) =>
  [...levels].map(([name, { available, reserved, backordered }]) => [name, available, reserved, backordered])
const reservation = (state: Reservation['state'], lines: readonly Line[]): Reservation =>
  state === 'waiting' ? { state, lines, place: 1, round: 1 } : { state, lines }

type State = Reservation['state'] | 'none'
const bookIn = (state: State, levels = teapots(5, 2)): Book => ({
  levels,
  reservations: new Map(state === 'none' ? [] : [[key, reservation(state, twoTeapots)]]),
  entries: [],
})

describe('stock, asked for two teapots with five available and two reserved', () => {
  it.each([
    ['perform', 'none', 'completed', undefined, 'held', 3, 4],
    ['perform', 'held', 'completed', undefined, 'held', 5, 2],
    ['perform', 'released', 'rejected', 'already_undone', 'released', 5, 2],
    ['perform', 'committed', 'completed', undefined, 'committed', 5, 2],
    ['compensate', 'none', 'completed', undefined, 'released', 5, 2],
    ['compensate', 'held', 'completed', undefined, 'released', 7, 0],
    ['compensate', 'released', 'completed', undefined, 'released', 5, 2],
    ['compensate', 'committed', 'undoRefused', 'already_committed', 'committed', 5, 2],
    ['commit', 'none', 'rejected', 'nothing_held', 'none', 5, 2],
    ['commit', 'held', 'completed', undefined, 'committed', 5, 0],
    ['commit', 'released', 'rejected', 'nothing_held', 'released', 5, 2],
    ['commit', 'committed', 'completed', undefined, 'committed', 5, 2],
    ['restock', 'none', 'completed', undefined, 'returned', 7, 2],
    ['restock', 'returned', 'completed', undefined, 'returned', 5, 2],
    ['restock', 'committed', 'rejected', 'step_in_use', 'committed', 5, 2],
    ['perform', 'returned', 'rejected', 'step_in_use', 'returned', 5, 2],
    ['compensate', 'returned', 'undoRefused', 'already_returned', 'returned', 5, 2],
    ['refund', 'none', 'rejected', 'not_supported', 'none', 5, 2],
    ['capture', 'held', 'rejected', 'not_supported', 'held', 5, 2],
  ] as const)('%s while %s: %s %s', (action, before, outcome, code, after, available, reserved) => {
    const { book, answer } = decide(bookIn(before), ask(action, 4), orderOf(...twoTeapots))
    expect(answer).toMatchObject({ step: 'stock', action, round: 4, outcome })
    expect(answer?.reason?.code).toBe(code)
    expect(book.reservations.get(key)?.state ?? 'none').toBe(after)
    expect(numbers(book)).toEqual([['TEAPOT', available, reserved, 0]])
  })

  it('changes nothing in the book it was given', () => {
    const before = bookIn('none')
    decide(before, ask('perform'), orderOf(...twoTeapots))
    expect(before).toEqual(bookIn('none'))
  })
})

describe('a reservation', () => {
  it('takes the last unit, and not one more', () => {
    const last = decide(bookIn('none', teapots(2, 0)), ask('perform'), orderOf(...twoTeapots))
    expect(numbers(last.book)).toEqual([['TEAPOT', 0, 2, 0]])
    const tooMuch = decide(bookIn('none', teapots(1, 0)), ask('perform'), orderOf(...twoTeapots))
    expect(tooMuch.answer?.reason?.code).toBe('out_of_stock')
    expect(tooMuch.book).toEqual(bookIn('none', teapots(1, 0)))
  })

  it('takes all lines or none', () => {
    const order = orderOf(...twoTeapots, { sku: 'CUP', quantity: 1 })
    const { book, answer } = decide(bookIn('none'), ask('perform'), order)
    expect(answer?.reason).toEqual({ code: 'out_of_stock', message: 'Not enough of CUP in stock' })
    expect(book).toEqual(bookIn('none'))
  })

  it('counts the lines of a repeated SKU together', () => {
    const order = orderOf({ sku: 'TEAPOT', quantity: 2 }, { sku: 'TEAPOT', quantity: 3 })
    const enough = decide(bookIn('none', teapots(5, 0)), ask('perform'), order)
    expect(numbers(enough.book)).toEqual([['TEAPOT', 0, 5, 0]])
    expect(enough.book.reservations.get(key)?.lines).toEqual([{ sku: 'TEAPOT', quantity: 5 }])
    const short = decide(bookIn('none', teapots(4, 0)), ask('perform'), order)
    expect(short.answer?.outcome).toBe('rejected')
  })

  it('gives back what it holds, whatever the order says by then', () => {
    const { book } = decide(bookIn('held'), ask('compensate'), orderOf({ sku: 'CUP', quantity: 9 }))
    expect(numbers(book)).toEqual([['TEAPOT', 7, 0, 0]])
  })

  it('of one step says nothing about another step of the same order', () => {
    const { book } = decide(bookIn('held'), { ...ask('perform'), step: 'gift' }, orderOf(...twoTeapots))
    expect(numbers(book)).toEqual([['TEAPOT', 3, 4, 0]])
    expect([...book.reservations.keys()]).toEqual([key, reservationKey(anOrder.id, 'gift')])
  })

  it('undone before it was done is never made, however often it is asked for', () => {
    const undone = decide(bookIn('none'), ask('compensate'), orderOf(...twoTeapots))
    const late = decide(undone.book, ask('perform', 2), orderOf(...twoTeapots))
    expect(late.answer?.reason?.code).toBe('already_undone')
    expect(numbers(late.book)).toEqual([['TEAPOT', 5, 2, 0]])
  })

  it('whose level was not locked is a bug, and said so', () => {
    expect(() => decide(bookIn('held', new Map()), ask('compensate'), orderOf(...twoTeapots))).toThrow('not locked')
  })
})

describe('an order that allows to wait', () => {
  const patient = (lines: readonly Line[], ...allowing: readonly string[]): Order => ({
    ...anOrder,
    lines: lines.map(lineOf).map((line) => ({ ...line, allowBackorder: allowing.includes(line.sku) })),
  })
  const potAndCup: readonly Line[] = [...twoTeapots, { sku: 'CUP', quantity: 1 }]
  const book: Book = { ...bookIn('none', teapots(1, 0)), levels: new Map([...teapots(1, 0), ['CUP', level(9)]]) }

  it('waits for all its lines where every short one allows it, and is not answered', () => {
    const { book: after, answer } = decide(book, ask('perform'), patient(potAndCup, 'TEAPOT'))
    expect(answer).toBeUndefined()
    expect(after.reservations.get(key)).toEqual({ state: 'waiting', lines: potAndCup, place: 1, round: 1 })
    expect(numbers(after)).toEqual([
      ['TEAPOT', 1, 0, 2],
      ['CUP', 9, 0, 1],
    ])
    expect(after.entries).toEqual([])
    expect(decide(after, ask('perform'), patient(potAndCup, 'TEAPOT'))).toEqual({ book: after, answer: undefined })
  })

  it('is refused where another line is short that does not', () => {
    expect(decide(book, ask('perform'), patient(potAndCup, 'CUP')).answer?.reason?.code).toBe('out_of_stock')
    const unknown = patient([{ sku: 'NEVER', quantity: 1 }], 'NEVER')
    expect(decide(book, ask('perform'), unknown).answer?.reason?.code).toBe('out_of_stock')
  })

  it('is not passed by a later one, who gets what is beyond its share', () => {
    const waiting = { ...bookIn('none'), levels: teapots(3, 0, 2) }
    const later = { ...orderOf({ sku: 'TEAPOT', quantity: 2 }), id: orderId('later') }
    expect(decide(waiting, ask('perform'), later).answer?.reason?.code).toBe('out_of_stock')
    const small = { ...orderOf({ sku: 'TEAPOT', quantity: 1 }), id: orderId('small') }
    expect(decide(waiting, ask('perform'), small).answer?.outcome).toBe('completed')
  })

  it('gives its place up with its undo, and nothing comes back that it never had', () => {
    const waiting = decide(book, ask('perform'), patient(potAndCup, 'TEAPOT')).book
    const undone = decide(waiting, ask('compensate'), patient(potAndCup, 'TEAPOT'))
    expect(undone.answer?.outcome).toBe('completed')
    expect(numbers(undone.book)).toEqual(numbers(book))
    expect(undone.book.entries).toEqual([])
    const commit = decide(waiting, ask('commit'), patient(potAndCup, 'TEAPOT'))
    expect(commit.answer?.reason?.code).toBe('nothing_held')
  })

  it('stands behind everybody who waits for any of its products', () => {
    const levels = new Map([
      ['TEAPOT', { ...level(0), lastPlace: 3 }],
      ['CUP', { ...level(0), lastPlace: 8 }],
    ])
    const { book: after } = decide({ ...book, levels }, ask('perform'), patient(potAndCup, 'TEAPOT', 'CUP'))
    expect(after.reservations.get(key)).toMatchObject({ place: 9 })
    expect([...after.levels.values()].map(({ lastPlace }) => lastPlace)).toEqual([9, 9])
  })
})

describe('a product with a threshold', () => {
  const watched = (available: number): Book => ({
    ...bookIn('none'),
    levels: new Map([['TEAPOT', { ...level(available, 2), lowStockThreshold: 5 }]]),
  })
  const lows = (before: Book, action: Ask['action']) =>
    decide(before, ask(action), orderOf(...twoTeapots)).book.entries.map(({ low }) => low)

  it('is low from the change on that takes it under, and told once', () => {
    expect(lows(watched(6), 'perform')).toEqual([5])
    expect(lows(watched(7), 'perform')).toEqual([0])
    expect(lows(watched(4), 'perform')).toEqual([0])
    expect(lows(watched(4), 'restock')).toEqual([0])
  })
})

describe('whatever is asked in whatever order', () => {
  const skus = ['CUP', 'POT', 'TEA']
  const line = fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 4 }) })
  const orders = fc
    .array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    .map((all) => all.map((lines, n): Order => ({ ...orderOf(...lines), id: orderId(`order-${n}`) })))
  const levels = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8)).map((available): Book => ({
    levels: new Map(skus.map((name, n) => [name, level(available[n] ?? 0)])),
    reservations: new Map(),
    entries: [],
  }))
  const asks = fc.array(fc.tuple(fc.nat(3), fc.constantFrom<Ask['action']>('perform', 'compensate', 'commit')), {
    maxLength: 30,
  })

  const inState = (book: Book, state: State, name: string): number =>
    [...book.reservations.values()]
      .flatMap((reservation) => (reservation.state === state ? reservation.lines : []))
      .reduce((sum, { sku: other, quantity }) => sum + (other === name ? quantity : 0), 0)

  it('nothing is below zero, reserved is what is held, and only a commit takes from what is on hand', () => {
    fc.assert(
      fc.property(levels, orders, asks, (start, all, schedule) => {
        const end = schedule.reduce((book, [which, action]) => {
          const order = all[which % all.length]
          return order === undefined ? book : decide(book, ask(action), order).book
        }, start)
        for (const [name, { available, reserved, version }] of end.levels) {
          const own = end.entries.filter((entry) => entry.sku === name)
          expect(own.map((entry) => entry.version)).toEqual(own.map((_, n) => n + 2))
          expect(version).toBe(1 + own.length)
          expect(own.at(-1) ?? { available, reserved }).toMatchObject({ available, reserved })
          expect(available).toBeGreaterThanOrEqual(0)
          expect(reserved).toBe(inState(end, 'held', name))
          expect(available + reserved + inState(end, 'committed', name)).toBe(start.levels.get(name)?.available)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('the same ask again changes nothing', () => {
    fc.assert(
      fc.property(levels, orders, asks, (start, all, schedule) => {
        schedule.reduce((book, [which, action]) => {
          const order = all[which % all.length]
          if (order === undefined) return book
          const once = decide(book, ask(action), order)
          expect(decide(once.book, ask(action), order)).toEqual(once)
          return once.book
        }, start)
      }),
      { numRuns: 100 },
    )
  })
})
