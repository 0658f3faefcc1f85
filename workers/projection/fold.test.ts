import { describe, expect, it } from 'vitest'
import { eventId, type EventType, type OrderEventData } from '../../domain/saga/event.ts'
import { anOrder } from '../../domain/saga/testing.ts'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { fold, type OrderView } from './fold.ts'

type Told = Partial<OrderEventData> & { readonly type?: EventType }

function event(sequence: number, { type = 'order.confirmed', ...data }: Told = {}): ReceivedEvent {
  return {
    id: eventId(anOrder.id, sequence),
    type,
    orderId: anOrder.id,
    sequence,
    time: `2030-01-01T10:00:0${sequence}.000Z`,
    data: { status: 'processing', actor: { kind: 'system', id: 'saga' }, ...data },
    hash: 'hash',
  }
}

const placed = event(1, { type: 'order.placed', order: anOrder, fingerprint: 'fingerprint' })

/** The view after the order was placed and these were told of it, one after the other. */
const after = (...told: readonly Told[]): OrderView =>
  told.map((one, n) => event(n + 2, one)).reduce((view, one) => fold(view, one), fold(undefined, placed))

describe('the view of an order', () => {
  it('begins with the event that carries the order', () => {
    expect(fold(undefined, placed)).toEqual({
      order: anOrder,
      fingerprint: 'fingerprint',
      status: 'processing',
      needsAttention: false,
      updatedAt: placed.time,
      version: 1,
      cancellationRefused: false,
    })
  })

  it('has the status, time and version of the last event, and the order as it was last told', () => {
    const changed = { ...anOrder, paymentMethod: 'another' }
    const view = after({ order: changed }, { status: 'confirmed' })
    expect(view).toMatchObject({ status: 'confirmed', updatedAt: event(3).time, version: 3, order: changed })
  })

  it('is not changed by an event that it has already', () => {
    const view = after({ payment: { state: 'authorized' } }, { status: 'confirmed' })
    expect(fold(view, placed)).toBe(view)
    expect(fold(view, event(2, { status: 'rejected' }))).toBe(view)
    expect(fold(view, event(3, { needsAttention: true }))).toBe(view)
  })

  it('refuses an event that comes after a gap', () => {
    expect(() => fold(after(), event(3))).toThrow('an event is missing')
    expect(() => fold(undefined, event(2, { order: anOrder }))).toThrow('an event is missing')
  })

  it('refuses to begin without the order', () => {
    expect(() => fold(undefined, event(1))).toThrow('does not carry it')
  })

  it('gathers what participants tell of payment and shipment; the later word counts', () => {
    const view = after(
      { payment: { state: 'authorized', last4: '4242' } },
      { shipment: { trackingNumber: 'T1' } },
      {},
      { payment: { state: 'captured' }, shipment: { carrier: 'pigeon' } },
    )
    expect(view.payment).toEqual({ state: 'captured', last4: '4242' })
    expect(view.shipment).toEqual({ trackingNumber: 'T1', carrier: 'pigeon' })
  })

  it('has no payment and no shipment until somebody tells of them', () => {
    expect(after({})).not.toHaveProperty('payment')
    expect(after({})).not.toHaveProperty('shipment')
  })

  it('needs attention from the event that says so until the one that says it no longer does', () => {
    expect(after({ needsAttention: true }).needsAttention).toBe(true)
    expect(after({ needsAttention: true }, {}).needsAttention).toBe(true)
    expect(after({ needsAttention: true }, {}, { needsAttention: false }).needsAttention).toBe(false)
  })

  it('keeps the first failure: what followed from it is not why', () => {
    const failure = { step: 'stock', code: 'out_of_stock', message: 'Not enough' }
    expect(after({ failure }, {}, { failure: { ...failure, step: 'payment' } }).failure).toEqual(failure)
  })

  it('remembers that a cancellation was refused', () => {
    expect(after({ type: 'order.cancellation_refused' }, {}).cancellationRefused).toBe(true)
    expect(after({ type: 'order.cancellation_requested' }, {}).cancellationRefused).toBe(false)
  })

  it('is of its own making: the view before is left as it was', () => {
    const before = after({ payment: { state: 'authorized' } })
    const copy = structuredClone(before)
    fold(before, event(3, { payment: { state: 'captured' } }))
    expect(before).toEqual(copy)
  })
})
