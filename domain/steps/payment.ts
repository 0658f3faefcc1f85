import { defineStep } from '../saga/plan.ts'

export const payment = defineStep({
  name: 'payment',
  participant: 'payment',
  completed: 'order.payment_authorized',
  rejected: 'order.payment_declined',
  compensated: 'order.payment_voided',
  settlement: { action: 'capture', completed: 'order.payment_captured', rejected: 'order.capture_failed' },
  needsSecondAdmin: true,
  deadlineMs: 15 * 60_000,
})
