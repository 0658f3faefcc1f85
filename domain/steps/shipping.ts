import { defineStep } from '../saga/plan.ts'

export const shipping = defineStep({
  name: 'shipping',
  participant: 'shipping',
  completed: 'order.shipment_booked',
  rejected: 'order.shipment_rejected',
  compensated: 'order.shipment_cancelled',
  deadlineMs: 5 * 60_000,
})
