import { describe, expect, it } from 'vitest'
import { anOrder, drive, driveToConfirmed } from './testing.ts'
import { actorName, foldSaga, sagaView } from './view.ts'

const waitingFor = (order: ReturnType<typeof drive>) =>
  sagaView(order.saga()).waitingFor.map(({ step, action, attempt }) => `${action} ${step} ${attempt}`)

describe('what the saga waits for', () => {
  it('is who was asked and has not answered, in each phase', () => {
    const order = drive()
    order.completes('fetch', 'price')
    expect(waitingFor(order)).toEqual(['perform weigh 1'])
    order.rejects('weigh')
    expect(waitingFor(order)).toEqual(['compensate price 1'])
    order.waits()
    expect(waitingFor(order)).toEqual(['compensate price 2'])
    order.undoes('price', 'fetch')
    expect(waitingFor(order)).toEqual([])
  })

  it('is a settlement once the parcel is on its way, and nobody before', () => {
    const order = driveToConfirmed()
    expect(waitingFor(order)).toEqual([])
    order.parcel('dispatched')
    order.settles('fetch')
    expect(waitingFor(order)).toEqual(['capture price 1'])
  })

  it('says since when and until when', () => {
    const {
      waitingFor: [first],
    } = sagaView(drive().saga())
    expect(first).toEqual({
      step: 'fetch',
      participant: 'fetch-service',
      action: 'perform',
      attempt: 1,
      since: '2030-01-01T10:00:00.000Z',
      until: '2030-01-01T10:01:00.000Z',
    })
  })
})

describe('the saga view', () => {
  it('shows every step of the plan with its stage, nulls for what has not happened', () => {
    const { status, needsAttention, steps } = sagaView(drive().saga())
    expect({ status, needsAttention }).toEqual({ status: 'placed', needsAttention: false })
    expect(steps.map(({ step, stage }) => [step, stage])).toEqual([
      ['fetch', 1],
      ['weigh', 2],
      ['price', 2],
      ['wrap', 3],
    ])
    expect(steps[3]).toEqual({
      step: 'wrap',
      participant: 'wrap-service',
      stage: 3,
      state: 'notStarted',
      requestedAt: null,
      answeredAt: null,
      deadlineAt: null,
      reason: null,
      compensation: {
        state: 'none',
        requestedAt: null,
        answeredAt: null,
        deadlineAt: null,
        attempts: 0,
        reason: null,
      },
      settlement: null,
    })
  })
})

describe('the fold that readers share', () => {
  it('gives the state of the workflow, also from stored bytes', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.undoes('wrap', 'weigh')
    order.refusesUndo('price')
    order.retries('price')
    expect(foldSaga(order.events)).toEqual(order.saga())
    expect(foldSaga(JSON.parse(JSON.stringify(order.events)))).toEqual(order.saga())
  })

  it('tells nothing of an order whose beginning is missing', () => {
    expect(foldSaga([])).toBeUndefined()
    expect(foldSaga(driveToConfirmed().events.slice(1))).toBeUndefined()
  })
})

it('names who caused an event', () => {
  expect(actorName({ kind: 'customer', id: anOrder.customerId })).toBe(`customer:${anOrder.customerId}`)
})
