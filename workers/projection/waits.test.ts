import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { drive, driveToConfirmed } from '../../domain/saga/testing.ts'
import { type Move, play, shapedPlan } from '../../domain/saga/testing-schedule.ts'
import { foldSaga, sagaView } from '../../domain/saga/view.ts'
import { type Waits, waitsAfter } from './waits.ts'

/** What the fold says after each event. */
function folded(events: readonly OrderEvent[]): readonly (Waits | undefined)[] {
  let before: Parameters<typeof waitsAfter>[0]
  return events.map(({ data, time }) => {
    const waits = waitsAfter(before, data, time)
    before = { status: data.status, waits }
    return waits
  })
}

/** The same, as the saga itself says it. */
const told = (events: readonly OrderEvent[]): readonly (readonly string[])[] =>
  events.map((_, at) => {
    const saga = foldSaga(events.slice(0, at + 1))
    const waiting = saga ? sagaView(saga).waitingFor : []
    const names = waiting.map(({ participant, step }) => (participant === 'customer' ? 'customer' : step))
    return [...new Set(names)].toSorted()
  })

const which = fc.nat(50)
const answer = (refuses: boolean) =>
  fc.record({ tag: fc.constant('answer'), which, refuses: fc.constant(refuses), skewMs: fc.constant(0) })
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 20, arbitrary: answer(false) },
  { weight: 4, arbitrary: answer(true) },
  { weight: 3, arbitrary: fc.record({ tag: fc.constant('deadline') }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('cancel') }) },
  { weight: 3, arbitrary: fc.record({ tag: fc.constant('parcel'), movement: fc.constantFrom('dispatched', 'lost') }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('deadLetter'), which }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('retry'), which }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('byHand'), which }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('pay') }) },
)
const plan = shapedPlan(
  [
    [
      { settles: 'commit', deadlineMs: 100 },
      { settles: 'capture', deadlineMs: 200, graceMs: 100, needsSecondAdmin: true },
    ],
    [{ settles: 'nothing', deadlineMs: 50 }],
  ],
  2,
)

describe('whom an order waits for', () => {
  it('is folded from its events as the saga says it, whatever happens to the order', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
        const { events } = play(plan, moves)
        expect(folded(events).map((waits) => waits?.for ?? [])).toEqual(told(events))
      }),
      { numRuns: 400 },
    )
  })

  it('is told since the first of them has been waited for, and anew when all of those have answered', () => {
    const order = drive(plan)
    order.completes('step-1.1')
    const [placed, one] = folded(order.events).slice(-2)
    expect([placed?.for, one?.for]).toEqual([['step-1.1', 'step-1.2'], ['step-1.2']])
    expect(one?.since).toBe(placed?.since)
    order.completes('step-1.2')
    expect(folded(order.events).at(-1)).toEqual({ for: ['step-2.1'], since: order.events.at(-1)?.time })
  })

  it('is not told anew when the same is asked once more', () => {
    const order = driveToConfirmed(plan)
    order.parcel('dispatched')
    const first = folded(order.events).at(-1)
    order.waits()
    expect(folded(order.events).at(-1)).toEqual(first)
    expect(first?.for).toEqual(['step-1.1', 'step-1.2'])
  })

  it('is nobody while the carrier has to come', () => {
    expect(folded(driveToConfirmed(plan).events).at(-1)).toBeUndefined()
  })
})
