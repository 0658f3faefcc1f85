import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconInbox,
  IconMailOff,
  IconSend,
} from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note, type Look } from '../ui/note.tsx'
import type { Message } from './queries.ts'

const looks: Readonly<Record<Message['status'], Look>> = {
  queued: { tone: 'busy', icon: IconClock },
  sending: { tone: 'busy', icon: IconSend },
  sent: { tone: 'good', icon: IconCircleCheck },
  kept: { tone: 'good', icon: IconInbox },
  refused: { tone: 'bad', icon: IconBan },
  unwanted: { tone: 'calm', icon: IconMailOff },
  failed: { tone: 'bad', icon: IconAlertTriangle },
}

export function MessageState({ status }: { readonly status: Message['status'] }) {
  const t = useText()
  return <Note {...looks[status]} text={t(`told.state.${status}`)} />
}
