import type { EventType } from '../saga/event.ts'

/** All that is told of an order's returns. */
export const returnEventTypes = [
  'return.requested',
  'return.approved',
  'return.declined',
  'return.goods_received',
  'return.refund_requested',
  'return.restocked',
  'return.restock_failed',
  'return.refunded',
  'return.refund_failed',
  'return.step_timed_out',
  'return.needs_attention',
  'return.attention_resolved',
  'return.completed',
] as const satisfies readonly EventType[]

export type ReturnEventType = (typeof returnEventTypes)[number]
