import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOver } from '../order.ts'
import { stepsOf } from './plan.ts'
import { movements } from './messages.ts'
import { retryable } from './operate.ts'
import { pathFaults } from './path-faults.ts'
import { nextDeadline } from './react.ts'
import { isSettledForGood, type Saga } from './state.ts'
import { type Driver, outwait } from './testing.ts'
import { askFaults, undoingFaults } from './faults.ts'
import { finish, type Move, play, shapedPlan } from './testing-schedule.ts'
import { foldSaga } from './view.ts'

const which = fc.nat(50)
const skewMs = fc.integer({ min: -2000, max: 200 })
const step = fc.record({
  settles: fc.constantFrom('nothing', 'commit', 'capture'),
  deadlineMs: fc.integer({ min: 1, max: 500 }),
  graceMs: fc.constantFrom(0, 0, 0, 100),
  needsSecondAdmin: fc.boolean(),
})
const plan = fc
  .tuple(
    fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([shape, attempts]) => shapedPlan(shape, attempts))

const answer = (tag: 'answer' | 'staleAnswer', refuses: fc.Arbitrary<boolean>) =>
  fc.record({ tag: fc.constant(tag), which, refuses, skewMs })
const movement = fc.constantFrom(...movements)
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 28, arbitrary: answer('answer', fc.constant(false)) },
  { weight: 3, arbitrary: answer('answer', fc.constant(true)) },
  { weight: 5, arbitrary: answer('staleAnswer', fc.boolean()) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('deadline') }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('tick'), ms: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('cancel') }) },
  { weight: 3, arbitrary: fc.record({ tag: fc.constant('parcel'), movement }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('deadLetter'), which }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('retry'), which }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('byHand'), which }) },
  { weight: 2, arbitrary: fc.record({ tag: fc.constant('approve'), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ tag: fc.constant('moveDeadline'), which, ms: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('pay') }) },
)
const moves = fc.array(move, { maxLength: 60, size: 'max' })

const always = (numRuns: number, holds: (order: Driver) => void): void =>
  fc.assert(
    fc.property(plan, moves, (steps, schedule) => {
      holds(play(steps, schedule))
    }),
    { numRuns },
  )

describe('whatever happens to an order', () => {
  it('its events are numbered from 1 without gaps, and time never runs backwards', () => {
    always(200, ({ events, saga }) => {
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1))
      const times = events.map(({ time }) => Date.parse(time))
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(saga().sequence).toBe(events.length)
    })
  })

  it('its status takes legal ways only, and a cancellation is left by a refusal only', () => {
    always(400, ({ events }) => {
      expect(pathFaults(events)).toEqual([])
    })
  })

  it('it ends at most once, and nothing comes after', () => {
    always(200, (order) => {
      const over = order.events.findIndex(({ data }) => isOver(data.status))
      expect([-1, order.events.length - 1]).toContain(over)
      if (over < 0) return
      expect(order.saga().attention).toEqual([])
      finish(order)
      expect(order.events).toHaveLength(over + 1)
    })
  })

  it('what was begun and not rejected is undone, last stage first, each proven once', () => {
    always(400, (order) => {
      finish(order)
      expect(undoingFaults(order.saga(), order.events)).toEqual([])
    })
  })

  it('a delivered order was done and settled completely, and nothing of it was undone', () => {
    always(400, (order) => {
      finish(order)
      const { saga, events } = order
      const provenUndone = events.some(({ data }) => data.action === 'compensate' && data.outcome === 'completed')
      const settled = events.filter(({ data }) => isSettlement(data.action) && data.outcome === 'completed')
      if (saga().status !== 'delivered') {
        expect(settled).toEqual([])
        return
      }
      expect(provenUndone).toBe(false)
      expect(saga().steps.every(({ state }) => state === 'succeeded')).toBe(true)
      const owed = stepsOf(saga().plan).filter(({ settlement }) => settlement !== undefined)
      expect(settled).toHaveLength(owed.length)
      expect(new Set(settled.map(({ data }) => data.step))).toEqual(new Set(owed.map(({ name }) => name)))
    })
  })

  it('every ask is asked once with its deadline ahead, attempts count up, and a new round follows a refusal', () => {
    always(300, ({ events }) => expect(askFaults(events)).toEqual([]))
  })

  it('each ask has one answer', () => {
    always(300, ({ events }) => {
      const answers = events.flatMap(({ type, data: { step: name, action, round, outcome, attempt } }) => {
        const told = outcome === 'completed' || outcome === 'rejected' || outcome === 'undoRefused'
        // The alarm repeats the refusal before it; only an undo and an unforeseen refusal are told by the alarm alone.
        return told && type !== 'order.needs_attention' ? [`${name} ${action} ${round} ${attempt ?? ''}`] : []
      })
      expect(new Set(answers).size).toBe(answers.length)
    })
  })

  it('folding its events gives the state of the workflow, at every moment and from stored bytes', () => {
    fc.assert(
      fc.property(plan, moves, (steps, schedule) => {
        const order = play(steps, schedule, ({ events, saga }) => {
          expect(JSON.stringify(foldSaga(events))).toBe(JSON.stringify(told(saga())))
        })
        expect(foldSaga(JSON.parse(JSON.stringify(order.events)))).toEqual(told(order.saga()))
      }),
      { numRuns: 100 },
    )
  })

  it('its events say whenever the flag changes', () => {
    always(200, ({ events, saga }) => {
      const flag = events.reduce((before, { data }) => data.needsAttention ?? before, false)
      expect(flag).toBe(saga().attention.length > 0)
    })
  })

  it('the same schedule gives the same bytes', () => {
    fc.assert(
      fc.property(plan, moves, (steps, schedule) => {
        const bytes = () => JSON.stringify(play(steps, schedule).events)
        expect(bytes()).toBe(bytes())
      }),
      { numRuns: 100 },
    )
  })

  it('it is never forgotten: it waits for a deadline, for its parcel or for a person who can act', () => {
    fc.assert(
      fc.property(plan, moves, (steps, schedule) => {
        play(steps, schedule, ({ saga }) => {
          expect(isLookedAfter(saga())).toBe(true)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('it comes to an end once everybody answers', () => {
    always(300, (order) => {
      finish(order)
      expect(isOver(order.saga().status)).toBe(true)
    })
  })

  it('it comes to rest when nobody answers any more: over, waiting for its parcel, or flagged', () => {
    always(200, (order) => {
      outwait(order)
      expect(nextDeadline(order.saga())).toBeUndefined()
      expect(isLookedAfter(order.saga())).toBe(true)
    })
  })
})

it('the schedules reach everything that the saga can say', () => {
  const seen = fc
    .sample(fc.tuple(plan, moves), { numRuns: 300, seed: 1 })
    .flatMap(([steps, schedule]) => play(steps, schedule).events)
    .map(({ type, data }) => (/step-/.test(type) ? `${data.action} ${data.outcome}` : type))
  expect([...new Set(seen)].toSorted()).toEqual([
    'capture completed',
    'capture rejected',
    'commit completed',
    'compensate completed',
    'order.attention_resolved',
    'order.cancellation_refused',
    'order.cancellation_requested',
    'order.cancelled',
    'order.compensation_requested',
    'order.confirmed',
    'order.deadline_changed',
    'order.delivered',
    'order.dispatched',
    'order.needs_attention',
    'order.payment_method_changed',
    'order.placed',
    'order.rejected',
    'order.resolution_approved',
    'order.resolution_requested',
    'order.step_timed_out',
    'perform completed',
    'perform rejected',
  ])
})

const isSettlement = (action: string | undefined): boolean => action === 'commit' || action === 'capture'

/** What the carrier said too early is known to the workflow only. */
function told({ parcel: _parcel, ...saga }: Saga): Omit<Saga, 'parcel'> {
  return saga
}

function isLookedAfter(saga: Saga): boolean {
  const { status, steps, attention } = saga
  if (isOver(status) || nextDeadline(saga) !== undefined || status === 'confirmed') return true
  if (status === 'dispatched' && steps.every(isSettledForGood)) return true
  return attention.length > 0 && steps.some((one) => retryable(saga, one.step))
}
