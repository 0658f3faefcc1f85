// Made by npm run events:publish.
import file0 from './headers.dead-letters.v1.json' with { type: 'json' }
import file1 from './headers.orders.v1.json' with { type: 'json' }
import file2 from './headers.stock-levels.v1.json' with { type: 'json' }
import file3 from './order.approval_refused.v1.json' with { type: 'json' }
import file4 from './order.approved.v1.json' with { type: 'json' }
import file5 from './order.attention_resolved.v1.json' with { type: 'json' }
import file6 from './order.cancellation_refused.v1.json' with { type: 'json' }
import file7 from './order.cancellation_requested.v1.json' with { type: 'json' }
import file8 from './order.cancelled.v1.json' with { type: 'json' }
import file9 from './order.capture_failed.v1.json' with { type: 'json' }
import file10 from './order.compensation_requested.v1.json' with { type: 'json' }
import file11 from './order.confirmed.v1.json' with { type: 'json' }
import file12 from './order.deadline_changed.v1.json' with { type: 'json' }
import file13 from './order.delivered.v1.json' with { type: 'json' }
import file14 from './order.dispatched.v1.json' with { type: 'json' }
import file15 from './order.needs_attention.v1.json' with { type: 'json' }
import file16 from './order.payment_authorized.v1.json' with { type: 'json' }
import file17 from './order.payment_captured.v1.json' with { type: 'json' }
import file18 from './order.payment_declined.v1.json' with { type: 'json' }
import file19 from './order.payment_method_changed.v1.json' with { type: 'json' }
import file20 from './order.payment_voided.v1.json' with { type: 'json' }
import file21 from './order.placed.v1.json' with { type: 'json' }
import file22 from './order.rejected.v1.json' with { type: 'json' }
import file23 from './order.resolution_approved.v1.json' with { type: 'json' }
import file24 from './order.resolution_requested.v1.json' with { type: 'json' }
import file25 from './order.resumed.v1.json' with { type: 'json' }
import file26 from './order.shipment_booked.v1.json' with { type: 'json' }
import file27 from './order.shipment_cancelled.v1.json' with { type: 'json' }
import file28 from './order.shipment_rejected.v1.json' with { type: 'json' }
import file29 from './order.step_timed_out.v1.json' with { type: 'json' }
import file30 from './order.stock_committed.v1.json' with { type: 'json' }
import file31 from './order.stock_rejected.v1.json' with { type: 'json' }
import file32 from './order.stock_released.v1.json' with { type: 'json' }
import file33 from './order.stock_reserved.v1.json' with { type: 'json' }
import file34 from './return.approved.v1.json' with { type: 'json' }
import file35 from './return.attention_resolved.v1.json' with { type: 'json' }
import file36 from './return.completed.v1.json' with { type: 'json' }
import file37 from './return.declined.v1.json' with { type: 'json' }
import file38 from './return.goods_received.v1.json' with { type: 'json' }
import file39 from './return.needs_attention.v1.json' with { type: 'json' }
import file40 from './return.refund_failed.v1.json' with { type: 'json' }
import file41 from './return.refund_requested.v1.json' with { type: 'json' }
import file42 from './return.refunded.v1.json' with { type: 'json' }
import file43 from './return.requested.v1.json' with { type: 'json' }
import file44 from './return.restock_failed.v1.json' with { type: 'json' }
import file45 from './return.restocked.v1.json' with { type: 'json' }
import file46 from './return.step_timed_out.v1.json' with { type: 'json' }
import file47 from './stock.level_changed.v1.json' with { type: 'json' }
import file48 from './stock.low.v1.json' with { type: 'json' }

export const files: Readonly<Record<string, unknown>> = {
  'headers.dead-letters.v1.json': file0,
  'headers.orders.v1.json': file1,
  'headers.stock-levels.v1.json': file2,
  'order.approval_refused.v1.json': file3,
  'order.approved.v1.json': file4,
  'order.attention_resolved.v1.json': file5,
  'order.cancellation_refused.v1.json': file6,
  'order.cancellation_requested.v1.json': file7,
  'order.cancelled.v1.json': file8,
  'order.capture_failed.v1.json': file9,
  'order.compensation_requested.v1.json': file10,
  'order.confirmed.v1.json': file11,
  'order.deadline_changed.v1.json': file12,
  'order.delivered.v1.json': file13,
  'order.dispatched.v1.json': file14,
  'order.needs_attention.v1.json': file15,
  'order.payment_authorized.v1.json': file16,
  'order.payment_captured.v1.json': file17,
  'order.payment_declined.v1.json': file18,
  'order.payment_method_changed.v1.json': file19,
  'order.payment_voided.v1.json': file20,
  'order.placed.v1.json': file21,
  'order.rejected.v1.json': file22,
  'order.resolution_approved.v1.json': file23,
  'order.resolution_requested.v1.json': file24,
  'order.resumed.v1.json': file25,
  'order.shipment_booked.v1.json': file26,
  'order.shipment_cancelled.v1.json': file27,
  'order.shipment_rejected.v1.json': file28,
  'order.step_timed_out.v1.json': file29,
  'order.stock_committed.v1.json': file30,
  'order.stock_rejected.v1.json': file31,
  'order.stock_released.v1.json': file32,
  'order.stock_reserved.v1.json': file33,
  'return.approved.v1.json': file34,
  'return.attention_resolved.v1.json': file35,
  'return.completed.v1.json': file36,
  'return.declined.v1.json': file37,
  'return.goods_received.v1.json': file38,
  'return.needs_attention.v1.json': file39,
  'return.refund_failed.v1.json': file40,
  'return.refund_requested.v1.json': file41,
  'return.refunded.v1.json': file42,
  'return.requested.v1.json': file43,
  'return.restock_failed.v1.json': file44,
  'return.restocked.v1.json': file45,
  'return.step_timed_out.v1.json': file46,
  'stock.level_changed.v1.json': file47,
  'stock.low.v1.json': file48,
}
