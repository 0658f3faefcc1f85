import {
  IconArrowBackUp,
  IconBan,
  IconChecklist,
  IconCircleCheck,
  IconCircleX,
  IconHourglass,
  IconLoader,
  IconReceipt,
  IconTruckDelivery,
  type Icon,
} from '@tabler/icons-react'
import type { OrderStatus } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Note, type Tone } from '../ui/note.tsx'

const looks: Readonly<Record<OrderStatus, readonly [Tone, Icon]>> = {
  placed: ['busy', IconReceipt],
  processing: ['busy', IconLoader],
  confirmed: ['good', IconChecklist],
  dispatched: ['good', IconTruckDelivery],
  delivered: ['good', IconCircleCheck],
  cancelling: ['warn', IconArrowBackUp],
  cancelled: ['calm', IconBan],
  failing: ['warn', IconHourglass],
  rejected: ['bad', IconCircleX],
}

export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  const t = useText()
  const [tone, symbol] = looks[status]
  return <Note tone={tone} icon={symbol} text={t(`status.${status}`)} filled />
}
