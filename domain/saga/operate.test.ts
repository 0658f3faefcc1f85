import { describe, expect, it } from 'vitest'
import { approvalRefusal, deadlineRefusal, isDecidable, resumed, runningDeadline } from './operate.ts'
import { makePlan, staff } from './plan.ts'
import { previewCancellation } from './preview.ts'
import { stepOf } from './state.ts'
import {
  anOrder,
  asks,
  drive,
  driveToConfirmed,
  invent,
  operator,
  outwait,
  retryPolicy,
  threeStages,
  types,
} from './testing.ts'

/** Cancelled, and the undo of `wrap` never answered. */
const stuck = (needsSecondAdmin: boolean) => {
  const order = drive(makePlan([[invent('fetch')], [invent('wrap', { needsSecondAdmin })]], { retry: retryPolicy }))
  order.completes('fetch', 'wrap')
  order.cancels()
  outwait(order)
  expect(order.step('wrap').compensation.state).toBe('stuck')
  return order
}

describe('what an admin did by hand', () => {
  it('is asked for as a new round, and counts when the participant says so; then the undoing goes on', () => {
    const order = stuck(false)
    expect(asks(order.doesByHand('wrap'))).toEqual(['compensate wrap 2.4'])
    expect(order.events.at(-1)?.data.asks?.[0]?.byHand).toBe(true)
    expect(order.step('wrap').compensation.state).toBe('requested')
    const proven = order.undoes('wrap')
    expect(types(proven)).toEqual(['order.wrap_undone', 'order.attention_resolved', 'order.compensation_requested'])
    expect(proven[1]?.data.resolution).toBe('doneByHand')
    expect(order.step('wrap').compensation.state).toBe('doneByHand')
    order.undoes('fetch')
    expect(order.saga().status).toBe('cancelled')
  })

  it('changes nothing by a late answer to what was asked before', () => {
    const order = stuck(false)
    order.doesByHand('wrap')
    expect(order.answer('wrap', 'compensate', 'completed', { round: 1 })).toEqual([])
  })

  it('is asked again, still by hand, while the participant does not answer', () => {
    const order = stuck(false)
    order.doesByHand('wrap')
    const again = order.waits()
    expect(asks(again)).toEqual(['compensate wrap 2.5'])
    expect(again[0]?.data.asks?.[0]?.byHand).toBe(true)
  })

  it('stays what it is when it is asked again by an admin: nothing is to be moved any more', () => {
    const order = stuck(false)
    order.doesByHand('wrap')
    outwait(order)
    const again = order.retries('wrap')
    expect(again[0]?.data.asks).toMatchObject([{ round: 2, byHand: true }])
    outwait(order)
    expect(order.doesByHand('wrap')[0]?.data.asks).toMatchObject([{ round: 2, byHand: true }])
  })

  it('waits for another admin where money is at stake', () => {
    const order = stuck(true)
    expect(types(order.doesByHand('wrap'))).toEqual(['order.resolution_requested'])
    expect(asks(order.events.slice(-1))).toEqual([])
    expect(order.doesByHand('wrap'), 'twice').toEqual([])
    const at = new Date(order.clock()).toISOString()
    expect(approvalRefusal(order.saga(), { number: 1, by: operator, at })).toBe('sameAdmin')
    expect(order.approves(1, operator)).toEqual([])
    expect(order.approves(2)).toEqual([])
    expect(asks(order.approves(1))).toEqual(['compensate wrap 2.4'])
    expect(order.approves(1), 'twice').toEqual([])
    order.undoes('wrap', 'fetch')
    expect(order.saga().status).toBe('cancelled')
  })

  it('needs no approval any more when the answer came after all', () => {
    const order = stuck(true)
    order.doesByHand('wrap')
    order.undoes('wrap')
    expect(order.approves(1)).toEqual([])
  })

  it('settles a refused capture too', () => {
    const order = driveToConfirmed()
    order.parcel('dispatched')
    order.settles('fetch')
    for (let n = 0; n < retryPolicy.attempts; n += 1) order.refusesToSettle('price')
    order.parcel('delivered')
    order.doesByHand('price')
    order.settles('price')
    expect(order.step('price').settlement?.state).toBe('doneByHand')
    expect(order.saga().status).toBe('delivered')
  })

  it('is nothing where nothing is stuck', () => {
    expect(driveToConfirmed().doesByHand('wrap')).toEqual([])
  })
})

describe('a step that waits for staff', () => {
  const approval = { participant: staff, onlyAboveMinor: 1000 }
  const { compensated: _nothingToUndo, ...ask } = invent('approval', approval)
  const plan = makePlan([[ask], [invent('fetch')]], { retry: retryPolicy })

  it('is left out of the plan of an order that is not above the limit', () => {
    const small = { ...anOrder, total: { ...anOrder.total, amountMinor: 1000 } }
    expect(asks(drive(plan, small).events)).toEqual(['perform fetch 1.1'])
    expect(drive(plan).events[0]?.data.plan?.stages).toHaveLength(2)
  })

  it('is answered by an admin, whose name stands on the timeline', () => {
    const order = drive(plan)
    expect(isDecidable(order.saga(), 'approval')).toBe(true)
    const approved = order.decides('approval', true)
    expect(types(approved)).toEqual(['order.approval_done'])
    expect(approved[0]?.data.actor).toEqual(operator)
    expect(asks(approved)).toEqual(['perform fetch 1.1'])
    expect(order.decides('approval', false)).toEqual([])
  })

  it('ends the order when the admin says no, and when nobody says anything in time', () => {
    const refused = drive(plan)
    expect(types(refused.decides('approval', false))).toEqual(['order.approval_declined', 'order.rejected'])
    const late = drive(plan)
    expect(types(late.waits())).toEqual(['order.step_timed_out', 'order.rejected'])
  })

  it('has nothing to undo', () => {
    const order = drive(plan)
    order.decides('approval', true)
    order.rejects('fetch')
    expect(order.saga().status).toBe('rejected')
    expect(asks(order.events)).toEqual(['perform approval 1.1', 'perform fetch 1.1'])
  })

  it('is the only kind that can be decided so', () => {
    expect(drive(threeStages).decides('fetch', true)).toEqual([])
  })
})

describe('a deadline of a running order', () => {
  const in60s = (order: ReturnType<typeof drive>) => new Date(order.clock() + 600_000).toISOString()

  it('can be extended: the order waits until then', () => {
    const order = drive(threeStages)
    const until = in60s(order)
    expect(types(order.movesDeadline('fetch', until))).toEqual(['order.deadline_changed'])
    expect(order.step('fetch').deadlineAt).toBe(until)
    expect(order.waits(Date.parse(until) - 1)).toEqual([])
    expect(types(order.waits())).toContain('order.step_timed_out')
  })

  it('can be shortened', () => {
    const order = drive(threeStages)
    order.movesDeadline('fetch', new Date(order.clock() + 10).toISOString())
    expect(types(order.waits(order.clock() + 10))).toContain('order.step_timed_out')
  })

  it('is not shortened where it was to become later only', () => {
    const order = drive(threeStages)
    const given = order.step('fetch').deadlineAt ?? ''
    const later = new Date(Date.parse(given) + 1).toISOString()
    const refusal = (deadlineAt: string) => {
      const by = { note: 'many at once', by: operator, at: new Date(order.clock()).toISOString() }
      return deadlineRefusal(order.saga(), { step: 'fetch', deadlineAt, onlyLater: true, ...by })
    }
    expect([refusal(given), refusal(later)]).toEqual(['noLaterDeadline', undefined])
    expect(order.movesDeadline('fetch', given, { onlyLater: true })).toEqual([])
    expect(types(order.movesDeadline('fetch', later, { onlyLater: true }))).toEqual(['order.deadline_changed'])
    expect([order.step('fetch').deadlineAt, refusal(later)]).toEqual([later, 'noLaterDeadline'])

    const settling = driveToConfirmed()
    settling.parcel('dispatched')
    const until = settling.step('price').settlement?.deadlineAt ?? ''
    expect(settling.movesDeadline('price', until, { onlyLater: true })).toEqual([])
    settling.movesDeadline('price', new Date(settling.clock() + 10).toISOString())
    expect(settling.step('price').settlement?.deadlineAt).not.toBe(until)
  })

  it('is there only where somebody is waited for', () => {
    const order = driveToConfirmed()
    expect(runningDeadline(order.saga(), 'fetch')).toBeUndefined()
    expect(order.movesDeadline('fetch', in60s(order))).toEqual([])
    order.parcel('dispatched')
    expect(runningDeadline(order.saga(), 'price')).toBe('capture')
    order.movesDeadline('price', in60s(order))
    expect(order.step('price').settlement?.deadlineAt).toBeDefined()
  })
})

describe('the preview of a cancellation', () => {
  it('says what would be undone, last stage first, and is what then happens', () => {
    const order = driveToConfirmed()
    const { possible, undoes } = previewCancellation(order.saga())
    expect(possible).toBe(true)
    expect(undoes.map(({ step, turn }) => `${turn} ${step}`)).toEqual(['1 wrap', '2 weigh', '2 price', '3 fetch'])
    order.cancels()
    order.undoes('wrap', 'weigh', 'price', 'fetch')
    const proofs = types(order.events).filter((type) => type.endsWith('_undone'))
    expect(proofs).toEqual(undoes.map(({ proof }) => proof))
  })

  it('leaves out what was not begun, and says why it is not possible', () => {
    const order = drive(threeStages)
    expect(previewCancellation(order.saga()).undoes.map(({ step }) => step)).toEqual(['fetch'])
    order.cancels()
    expect(previewCancellation(order.saga())).toEqual({ possible: false, why: 'undoing', undoes: [] })
    const gone = driveToConfirmed()
    gone.parcel('dispatched')
    expect(previewCancellation(gone.saga()).why).toBe('tooLate')
  })
})

describe('an order whose workflow was lost', () => {
  const request = { undo: false, note: 'The store was lost', by: operator, asksAgain: true } as const
  const twoSides = makePlan([[invent('weigh'), invent('price')], [invent('wrap')]], { retry: retryPolicy })

  it('asks those again who had not answered, as the same ask, with a new deadline', () => {
    const order = drive(twoSides)
    order.completes('weigh')
    const at = new Date(order.clock() + 3_600_000).toISOString()
    const { saga, events } = resumed(order.saga(), { ...request, at })
    expect(types(events)).toEqual(['order.resumed'])
    expect(asks(events)).toEqual(['perform price 1.2'])
    expect(stepOf(saga, 'price')?.deadlineAt).toBe(new Date(Date.parse(at) + 60_000).toISOString())
    expect(events[0]?.data.order).toEqual(order.saga().order)
  })

  it('asks nobody again where it is undone, nor where all have answered', () => {
    const order = drive(twoSides)
    const at = new Date(order.clock()).toISOString()
    const { events } = resumed(order.saga(), { ...request, undo: true, at })
    expect(asks(events)).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
    order.completes('weigh', 'price', 'wrap')
    expect(asks(resumed(order.saga(), { ...request, at }).events)).toEqual([])
  })

  it('goes on as it did then where it was resumed before this was known', () => {
    const { asksAgain: _none, ...before } = request
    const order = drive(twoSides)
    expect(asks(resumed(order.saga(), { ...before, at: new Date(order.clock()).toISOString() }).events)).toEqual([])
  })
})
