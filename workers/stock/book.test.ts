import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderId, sku } from '../../domain/ids.ts'
import type { Order, OrderLine } from '../../domain/order.ts'
import type { Ask } from '../../domain/saga/event.ts'
import { anOrder } from '../../domain/saga/testing.ts'
import { type Book, decide, type Level, type Line, type Reservation, reservationKey } from './book.ts'

const ask = (action: Ask['action'], round = 1): Ask => ({
  step: 'stock',
  participant: 'stock',
  action,
  round,
  attempt: 1,
  deadlineAt: '2030-01-01T10:01:00.000Z',
})

const lineOf = ({ sku: name, quantity }: Line): OrderLine => {
  const price = { amountMinor: 100, currency: 'EUR' }
  return { sku: sku(name), name, quantity, unitPrice: price, lineTotal: { ...price, amountMinor: 100 * quantity } }
}
const orderOf = (...lines: readonly Line[]): Order => ({ ...anOrder, lines: lines.map(lineOf) })

const key = reservationKey(anOrder.id, 'stock')
const twoTeapots: readonly Line[] = [{ sku: 'TEAPOT', quantity: 2 }]
const teapots = (available: number, reserved: number): ReadonlyMap<string, Level> =>
  new Map([['TEAPOT', { available, reserved }]])

type State = Reservation['state'] | 'none'
const bookIn = (state: State, levels = teapots(5, 2)): Book => ({
  levels,
  reservations: new Map(state === 'none' ? [] : [[key, { state, lines: twoTeapots }]]),
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
  ] as const)('%s while %s: %s %s', (action, before, outcome, code, after, available, reserved) => {
    const { book, answer } = decide(bookIn(before), ask(action, 4), orderOf(...twoTeapots))
    expect(answer).toMatchObject({ step: 'stock', action, round: 4, outcome })
    expect(answer.reason?.code).toBe(code)
    expect(book.reservations.get(key)?.state ?? 'none').toBe(after)
    expect(book.levels).toEqual(teapots(available, reserved))
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
    expect(last.book.levels).toEqual(teapots(0, 2))
    const tooMuch = decide(bookIn('none', teapots(1, 0)), ask('perform'), orderOf(...twoTeapots))
    expect(tooMuch.answer.reason?.code).toBe('out_of_stock')
    expect(tooMuch.book).toEqual(bookIn('none', teapots(1, 0)))
  })

  it('takes all lines or none', () => {
    const order = orderOf(...twoTeapots, { sku: 'CUP', quantity: 1 })
    const { book, answer } = decide(bookIn('none'), ask('perform'), order)
    expect(answer.reason).toEqual({ code: 'out_of_stock', message: 'Not enough of CUP in stock' })
    expect(book).toEqual(bookIn('none'))
  })

  it('counts the lines of a repeated SKU together', () => {
    const order = orderOf({ sku: 'TEAPOT', quantity: 2 }, { sku: 'TEAPOT', quantity: 3 })
    const enough = decide(bookIn('none', teapots(5, 0)), ask('perform'), order)
    expect(enough.book.levels).toEqual(teapots(0, 5))
    expect(enough.book.reservations.get(key)?.lines).toEqual([{ sku: 'TEAPOT', quantity: 5 }])
    const short = decide(bookIn('none', teapots(4, 0)), ask('perform'), order)
    expect(short.answer.outcome).toBe('rejected')
  })

  it('gives back what it holds, whatever the order says by then', () => {
    const { book } = decide(bookIn('held'), ask('compensate'), orderOf({ sku: 'CUP', quantity: 9 }))
    expect(book.levels).toEqual(teapots(7, 0))
  })

  it('of one step says nothing about another step of the same order', () => {
    const { book } = decide(bookIn('held'), { ...ask('perform'), step: 'gift' }, orderOf(...twoTeapots))
    expect(book.levels).toEqual(teapots(3, 4))
    expect([...book.reservations.keys()]).toEqual([key, reservationKey(anOrder.id, 'gift')])
  })

  it('undone before it was done is never made, however often it is asked for', () => {
    const undone = decide(bookIn('none'), ask('compensate'), orderOf(...twoTeapots))
    const late = decide(undone.book, ask('perform', 2), orderOf(...twoTeapots))
    expect(late.answer.reason?.code).toBe('already_undone')
    expect(late.book.levels).toEqual(teapots(5, 2))
  })

  it('whose level was not locked is a bug, and said so', () => {
    expect(() => decide(bookIn('held', new Map()), ask('compensate'), orderOf(...twoTeapots))).toThrow('not locked')
  })
})

describe('whatever is asked in whatever order', () => {
  const skus = ['CUP', 'POT', 'TEA']
  const line = fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 4 }) })
  const orders = fc
    .array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    .map((all) => all.map((lines, n): Order => ({ ...orderOf(...lines), id: orderId(`order-${n}`) })))
  const levels = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8)).map((available): Book => ({
    levels: new Map(skus.map((name, n) => [name, { available: available[n] ?? 0, reserved: 0 }])),
    reservations: new Map(),
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
        for (const [name, { available, reserved }] of end.levels) {
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
