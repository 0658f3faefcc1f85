import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconBuildingWarehouse,
  IconCheck,
  IconCircleX,
  IconClockEdit,
  IconClockX,
  IconCreditCard,
  IconPackage,
  IconPackageImport,
  IconPlayerPlay,
  IconReceipt,
  IconReceiptRefund,
  IconTruckDelivery,
  IconUserCheck,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { Look } from '../ui/note.tsx'

/** By what the type's name says, so that an event of a step that was added later has a sign too. */
const looks: readonly (readonly [RegExp, Look])[] = [
  [/placed$/, { tone: 'busy', icon: IconReceipt }],
  [/dispatched$/, { tone: 'good', icon: IconTruckDelivery }],
  [/delivered$/, { tone: 'good', icon: IconPackage }],
  [/timed_out$/, { tone: 'bad', icon: IconClockX }],
  [/needs_attention$/, { tone: 'bad', icon: IconAlertTriangle }],
  [/(rejected|declined|failed|approval_refused)$/, { tone: 'bad', icon: IconCircleX }],
  [/cancellation_refused$/, { tone: 'warn', icon: IconBan }],
  [/(cancellation_requested|compensation_requested)$/, { tone: 'warn', icon: IconArrowBackUp }],
  [/(voided|released|shipment_cancelled|refunded)$/, { tone: 'calm', icon: IconArrowBackUp }],
  [/payment_method_changed$/, { tone: 'busy', icon: IconCreditCard }],
  [/return\.requested$/, { tone: 'busy', icon: IconReceiptRefund }],
  [/goods_received$/, { tone: 'busy', icon: IconPackageImport }],
  [/refund_requested$/, { tone: 'busy', icon: IconReceiptRefund }],
  [/restocked$/, { tone: 'good', icon: IconBuildingWarehouse }],
  [/resolution_requested$/, { tone: 'warn', icon: IconUserQuestion }],
  [/(resolution_approved|order\.approved)$/, { tone: 'good', icon: IconUserCheck }],
  [/deadline_changed$/, { tone: 'busy', icon: IconClockEdit }],
  [/resumed$/, { tone: 'busy', icon: IconPlayerPlay }],
  [/cancelled$/, { tone: 'calm', icon: IconBan }],
]

export const lookOf = (type: string): Look =>
  looks.find(([name]) => name.test(type))?.[1] ?? { tone: 'good', icon: IconCheck }
