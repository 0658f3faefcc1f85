import { describe, expect, it } from 'vitest'
import { asks, drive, driveToConfirmed, types } from './testing.ts'

describe('undoing', () => {
  it('goes stage by stage, last first; an earlier stage is asked only after proof', () => {
    const order = driveToConfirmed()
    expect(asks(order.cancels())).toEqual(['compensate wrap 1.1'])
    expect(asks(order.undoes('wrap'))).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
    expect(asks(order.undoes('price'))).toEqual([])
    expect(asks(order.undoes('weigh'))).toEqual(['compensate fetch 1.1'])
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.cancelled'])
  })

  it('leaves out a step that rejected, for it left nothing behind', () => {
    const order = drive()
    order.completes('fetch', 'price')
    const events = order.rejects('weigh')
    expect(types(events)).toEqual(['order.weigh_declined', 'order.compensation_requested'])
    expect(asks(events)).toEqual(['compensate price 1.1'])
    order.undoes('price')
    expect(types(order.undoes('fetch'))).toEqual(['order.fetch_undone', 'order.rejected'])
    expect(order.step('weigh').compensation.state).toBe('none')
  })

  it('is over at once where nothing was left behind', () => {
    const order = drive()
    expect(types(order.rejects('fetch'))).toEqual(['order.fetch_declined', 'order.rejected'])
    expect(asks(order.events)).toEqual(['perform fetch 1.1'])
  })

  it('skips a stage that has nothing to undo', () => {
    const order = drive()
    order.completes('fetch', 'weigh', 'price')
    expect(asks(order.rejects('wrap'))).toEqual(['compensate weigh 1.1', 'compensate price 1.1'])
  })

  it('undoes a neighbour that has not answered yet', () => {
    const order = drive()
    order.completes('fetch')
    expect(asks(order.rejects('weigh'))).toEqual(['compensate price 1.1'])
    expect(types(order.completes('price'))).toEqual(['order.price_done'])
    expect(order.step('price')).toMatchObject({ state: 'succeeded', compensation: { state: 'requested' } })
  })

  it('says why the order failed, in the first event and in the last', () => {
    const order = drive()
    order.completes('fetch')
    const reason = { code: 'too_heavy', message: '80 kg' }
    const [declined] = order.answer('weigh', 'perform', 'rejected', { reason })
    order.undoes('price', 'fetch')
    const failure = { step: 'weigh', ...reason }
    expect(declined?.data.failure).toEqual(failure)
    expect(order.events.at(-1)).toMatchObject({ type: 'order.rejected', data: { failure } })
  })

  it('counts each proof once', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.undoes('wrap')
    expect(order.undoes('wrap')).toEqual([])
    expect(order.refusesUndo('wrap')).toEqual([])
  })
})

describe('an undo without an answer', () => {
  it('is asked again with twice the patience, then needs attention', () => {
    const order = driveToConfirmed()
    const patience = [order.cancels(), order.waits(), order.waits()].map((events) => {
      const asked = events.find(({ type }) => type === 'order.compensation_requested')
      return Date.parse(asked?.data.asks?.[0]?.deadlineAt ?? '') - Date.parse(asked?.time ?? '')
    })
    expect(patience).toEqual([1000, 2000, 4000])
    expect(asks(order.events).slice(-3)).toEqual(['compensate wrap 1.1', 'compensate wrap 1.2', 'compensate wrap 1.3'])

    const stuck = order.waits()
    expect(types(stuck)).toEqual(['order.needs_attention'])
    expect(stuck[0]?.data).toMatchObject({ step: 'wrap', action: 'compensate', outcome: 'stuck', needsAttention: true })
    expect(order.step('wrap').compensation.state).toBe('stuck')
  })

  it('is asked again alone; the neighbour that gave its proof is left in peace', () => {
    const order = drive()
    order.completes('fetch')
    order.cancels()
    order.undoes('weigh')
    expect(asks(order.waits())).toEqual(['compensate price 1.2'])
  })

  it('clears the attention by a late proof, and the undoing goes on', () => {
    const order = driveToConfirmed()
    order.cancels()
    for (let attempt = 1; attempt <= 3; attempt += 1) order.waits()
    const events = order.undoes('wrap')
    expect(types(events)).toEqual(['order.wrap_undone', 'order.attention_resolved', 'order.compensation_requested'])
    expect(events[1]?.data).toMatchObject({ step: 'wrap', resolution: 'answered', needsAttention: false })
    expect(order.saga().attention).toEqual([])
  })

  it('keeps the attention when only the step itself answers late, which proves no undo', () => {
    const order = drive()
    order.waits()
    for (let attempt = 1; attempt <= 3; attempt += 1) order.waits()
    expect(types(order.completes('fetch'))).toEqual(['order.fetch_done'])
    expect(order.saga().attention).toEqual(['fetch/compensate'])
  })
})

describe('an undo that is refused', () => {
  it('withdraws a cancellation when everything still stands, and the order goes on', () => {
    const order = driveToConfirmed()
    order.cancels()
    const events = order.refusesUndo('wrap')
    expect(types(events)).toEqual(['order.cancellation_refused'])
    expect(order.saga()).toMatchObject({ status: 'confirmed', attention: [] })
    expect(types(order.parcel('dispatched'))).toEqual(['order.dispatched'])
  })

  it('lets a parcel that left meanwhile be dispatched and delivered', () => {
    const order = driveToConfirmed()
    order.cancels()
    expect(order.parcel('dispatched', { trackingNumber: 'T1' })).toEqual([])
    const events = order.refusesUndo('wrap')
    expect(types(events)).toEqual(['order.cancellation_refused', 'order.dispatched'])
    expect(asks(events)).toEqual(['commit fetch 1.1', 'capture price 1.1'])
    order.settles('fetch', 'price')
    expect(types(order.parcel('delivered'))).toEqual(['order.delivered'])
  })

  it('confirms an order whose last step was done while the cancellation ran', () => {
    const order = drive()
    order.completes('fetch', 'weigh', 'price')
    order.cancels()
    order.completes('wrap')
    const events = order.refusesUndo('wrap')
    expect(types(events)).toEqual(['order.cancellation_refused', 'order.confirmed'])
    expect(events.map(({ data }) => data.status)).toEqual(['processing', 'confirmed'])
  })

  it('clears what was flagged about it when the cancellation is withdrawn', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.deadLetters('wrap', 'compensate')
    expect(types(order.refusesUndo('wrap'))).toEqual(['order.cancellation_refused', 'order.attention_resolved'])
  })

  it('needs attention in a failing order, and nothing earlier is undone', () => {
    const order = drive()
    order.completes('fetch', 'weigh')
    order.rejects('price')
    const events = order.refusesUndo('weigh')
    expect(types(events)).toEqual(['order.needs_attention'])
    expect(events[0]?.data).toMatchObject({ status: 'failing', outcome: 'undoRefused', needsAttention: true })
    expect(order.step('fetch').compensation.state).toBe('none')
  })

  it('needs attention when a neighbour is being undone: the cancellation can not be withdrawn any more', () => {
    const order = drive()
    order.completes('fetch', 'weigh', 'price')
    order.rejects('wrap')
    order.undoes('price')
    expect(types(order.refusesUndo('weigh'))).toEqual(['order.needs_attention'])
    expect(order.step('fetch').compensation.state).toBe('none')
  })

  it('needs attention in a cancellation where a later stage is already undone', () => {
    const order = driveToConfirmed()
    order.cancels()
    order.undoes('wrap', 'weigh')
    expect(types(order.refusesUndo('price'))).toEqual(['order.needs_attention'])
    expect(order.saga().status).toBe('cancelling')
    expect(order.step('fetch').compensation.state).toBe('none')
  })

  it('needs attention where the step never said that it was done', () => {
    const order = drive()
    order.completes('fetch', 'weigh', 'price')
    order.cancels()
    expect(types(order.refusesUndo('wrap'))).toEqual(['order.needs_attention'])
    expect(types(order.completes('wrap'))).toEqual(['order.wrap_done'])
    expect(order.saga().attention).toEqual(['wrap/compensate'])
  })
})
