import { expect, it } from 'vitest'
import { returnEventTypes } from '../domain/returns/event-types.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { eventTypes, headersSchema } from './contract.ts'

/** What readers rely on: types may be added here, never taken away or renamed. */
const published = [
  'order.placed',
  'order.stock_reserved',
  'order.stock_rejected',
  'order.payment_authorized',
  'order.payment_declined',
  'order.shipment_booked',
  'order.shipment_rejected',
  'order.step_timed_out',
  'order.payment_method_changed',
  'order.confirmed',
  'order.dispatched',
  'order.stock_committed',
  'order.payment_captured',
  'order.capture_failed',
  'order.delivered',
  'order.cancellation_requested',
  'order.cancellation_refused',
  'order.compensation_requested',
  'order.shipment_cancelled',
  'order.payment_voided',
  'order.stock_released',
  'order.needs_attention',
  'order.attention_resolved',
  'order.resolution_requested',
  'order.resolution_approved',
  'order.deadline_changed',
  'order.resumed',
  'order.approved',
  'order.approval_refused',
  'order.cancelled',
  'order.rejected',
]

it('the order saga emits the published types of events and no others', () => {
  expect([...eventTypes(orderSaga.flat())].sort()).toEqual([...published].sort())
})

it('every published type is one that the header contract lets through', () => {
  for (const type of [...published, ...returnEventTypes])
    expect(headersSchema.shape.ce_type.safeParse(type).success, type).toBe(true)
})
