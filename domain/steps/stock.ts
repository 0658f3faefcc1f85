import { defineStep } from '../saga/plan.ts'

export const stock = defineStep({
  name: 'stock',
  participant: 'stock',
  completed: 'order.stock_reserved',
  rejected: 'order.stock_rejected',
  compensated: 'order.stock_released',
  settlement: { action: 'commit', completed: 'order.stock_committed' },
  deadlineMs: 30_000,
  backorderDeadlineMs: 7 * 24 * 3600_000,
})
