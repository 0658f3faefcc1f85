import { IconCheck, IconCircleCheck, IconCircleX, IconHourglass, type Icon, IconRefresh } from '@tabler/icons-react'
import type { ReturnStatus } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Note, type Tone } from '../ui/note.tsx'

const looks: Readonly<Record<ReturnStatus, readonly [Tone, Icon]>> = {
  requested: ['warn', IconHourglass],
  approved: ['busy', IconCheck],
  declined: ['bad', IconCircleX],
  received: ['busy', IconRefresh],
  completed: ['good', IconCircleCheck],
}

export function ReturnStatusBadge({ status }: { readonly status: ReturnStatus }) {
  const t = useText()
  const [tone, symbol] = looks[status]
  return <Note tone={tone} icon={symbol} text={t(`returnStatus.${status}`)} filled />
}
