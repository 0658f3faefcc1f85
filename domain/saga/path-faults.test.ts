import { describe, expect, it } from 'vitest'
import { orderId } from '../ids.ts'
import type { OrderStatus } from '../order.ts'
import type { EventType, OrderEvent } from './event.ts'
import { pathFaults } from './path-faults.ts'

const path = (...steps: readonly (readonly [EventType, OrderStatus])[]): readonly OrderEvent[] =>
  steps.map(([type, status], at) => ({
    id: `o:${at + 1}`,
    type,
    orderId: orderId('0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11'),
    sequence: at + 1,
    time: '2030-01-01T10:00:00.000Z',
    data: { status, actor: { kind: 'system', id: 'saga' } },
  }))

const placed = ['order.placed', 'placed'] as const
const reserved = ['order.stock_reserved', 'processing'] as const
const confirmed = ['order.confirmed', 'confirmed'] as const
const cancelling = ['order.cancellation_requested', 'cancelling'] as const

// that no order ever has one is shown with the saga's other properties
describe('a path that no order can take', () => {
  it('does not begin with the placing', () => {
    expect(pathFaults(path(reserved))).toEqual(['it begins with order.stock_reserved as processing'])
  })

  it('skips a status', () => {
    const faults = pathFaults(path(placed, reserved, ['order.delivered', 'delivered']))
    expect(faults).toEqual(['3: from processing to delivered by order.delivered'])
  })

  it('goes on after its end', () => {
    const faults = pathFaults(path(placed, cancelling, ['order.cancelled', 'cancelled'], confirmed))
    expect(faults).toEqual(['4: order.confirmed after it was cancelled'])
  })

  it('leaves a cancellation that nobody refused', () => {
    expect(pathFaults(path(placed, reserved, cancelling, confirmed))).toEqual([
      '4: order.confirmed leaves a cancellation that nobody refused',
    ])
    const refused = ['order.cancellation_refused', 'confirmed'] as const
    expect(pathFaults(path(placed, reserved, cancelling, refused))).toEqual([])
  })
})
