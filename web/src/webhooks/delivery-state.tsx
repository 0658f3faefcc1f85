import { IconAlertTriangle, IconBan, IconCircleCheck, IconClock, IconPlayerPause } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note, type Look } from '../ui/note.tsx'
import type { Delivery } from './queries.ts'

const looks: Readonly<Record<Delivery['status'], Look>> = {
  pending: { tone: 'busy', icon: IconClock },
  delivered: { tone: 'good', icon: IconCircleCheck },
  refused: { tone: 'bad', icon: IconBan },
  exhausted: { tone: 'bad', icon: IconAlertTriangle },
  endpoint_disabled: { tone: 'calm', icon: IconPlayerPause },
}

export function DeliveryState({ status }: { readonly status: Delivery['status'] }) {
  const t = useText()
  return <Note {...looks[status]} text={t(`delivery.${status}`)} />
}
