import { describe, expect, it } from 'vitest'
import { anOrder } from '../../domain/saga/testing.ts'
import { eventTypes } from '../../events/contract.ts'
import { orderSaga } from '../../domain/steps/index.ts'
import type { OrderEventData } from '../../domain/saga/event.ts'
import { type KnownOrder, learn, noticeOf, typesRead } from './decide.ts'
import { toLane } from './notice.ts'

const actor = { kind: 'system', id: 'saga' } as const
const event = (type: `order.${string}`, data: Partial<OrderEventData> = {}) => ({
  id: `${anOrder.id}:2`,
  type,
  orderId: anOrder.id,
  time: '2026-01-01T10:00:00.000Z',
  data: { status: 'processing' as const, actor, ...data },
})
const known: KnownOrder = {
  customerId: anOrder.customerId,
  total: anOrder.total,
  lines: anOrder.lines.map(({ name, quantity, lineTotal }) => ({ name, quantity, lineTotal })),
}

describe('what a customer is told', () => {
  it.each([
    ['order.placed', 'placed'],
    ['order.confirmed', 'confirmed'],
    ['order.dispatched', 'dispatched'],
    ['order.delivered', 'delivered'],
    ['order.cancelled', 'cancelled'],
    ['order.rejected', 'rejected'],
  ] as const)('of %s is that the order is %s', (type, kind) => {
    const notice = noticeOf(known, event(type))
    expect(notice).toMatchObject({ kind, source: `${anOrder.id}:2`, customerId: anOrder.customerId })
  })

  it('is nothing of any other event', () => {
    const silent = eventTypes(orderSaga.flat()).filter((type) => !typesRead.has(type))
    expect(silent.length).toBeGreaterThan(10)
    const told = silent.filter((type) => noticeOf(known, event(type as `order.${string}`)) !== undefined)
    expect(told).toEqual([])
    expect(noticeOf(known, event('order.payment_voided'))).toBeUndefined()
    expect(noticeOf(known, event('order.shipment_booked'))).toBeUndefined()
  })

  it('is that a refused payment needs them only while another one may come', () => {
    const reason = { code: 'card_declined', message: 'The card was declined' }
    expect(noticeOf(known, event('order.payment_declined', { reason }))).toBeUndefined()
    const retryUntil = '2030-01-01T10:00:00.000Z'
    expect(noticeOf(known, event('order.payment_declined', { reason, retryUntil }))).toMatchObject({
      kind: 'needsAction',
      facts: { until: retryUntil, reason: 'The card was declined' },
    })
  })

  it('has the tracking number and the money set free that earlier events told of', () => {
    const parcel = { carrier: 'simulator', trackingNumber: 'SIM1', status: 'booked' }
    const booked = learn(known, event('order.shipment_booked', { shipment: parcel }))
    const voided = booked && learn(booked, event('order.payment_voided', { payment: { status: 'voided' } }))
    expect(voided && noticeOf(voided, event('order.dispatched'))?.facts).toMatchObject({ trackingNumber: 'SIM1' })
    expect(voided && noticeOf(voided, event('order.cancelled'))?.facts).toMatchObject({ released: true })
  })

  it('is the same for the same event, and names nobody but by id', () => {
    const [one, other] = [noticeOf(known, event('order.placed')), noticeOf(known, event('order.placed'))]
    expect(one && toLane(one)).toEqual(other && toLane(other))
    expect(one && toLane(one).value).not.toMatch(/@|addressId|postalCode/)
  })
})

describe('what is known of an order', () => {
  it('begins with an event that carries it', () => {
    expect(learn(undefined, event('order.confirmed'))).toBeUndefined()
    expect(learn(undefined, event('order.placed', { order: anOrder }))).toEqual(known)
  })

  it('does not change where the same event comes again', () => {
    const booking = event('order.shipment_booked', { shipment: { carrier: 'simulator', trackingNumber: 'SIM1' } })
    const once = learn(known, booking)
    expect(learn(once, booking)).toEqual(once)
  })
})
