import { defineStep, staff } from '../saga/plan.ts'

/** Off unless `APPROVAL_ABOVE_MINOR` is set. Nothing is reserved before it. */
export const approval = defineStep({
  name: 'approval',
  participant: staff,
  completed: 'order.approved',
  rejected: 'order.approval_refused',
  deadlineMs: 24 * 3600_000,
  onlyAboveMinor: Number.MAX_SAFE_INTEGER,
})
