import { IconAlertTriangle } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'

export function AttentionBadge() {
  return <Note tone="bad" icon={IconAlertTriangle} text={useText()('order.needsAttention')} filled />
}
