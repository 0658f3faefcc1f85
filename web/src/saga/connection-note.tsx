import { IconBolt, IconClockPlay, IconFlagCheck, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import type { Connection } from '../orders/use-live-order.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'

const looks = {
  connecting: ['calm', IconPlugConnected],
  live: ['good', IconBolt],
  reconnecting: ['warn', IconPlugConnectedX],
  failing: ['warn', IconClockPlay],
  over: ['calm', IconFlagCheck],
} as const

/** Whether what is seen is what is; told to screen readers when it changes. */
export function ConnectionNote({ connection }: { readonly connection: Connection }) {
  const t = useText()
  const [tone, symbol] = looks[connection]
  return (
    <span role="status" data-connection={connection}>
      <Note tone={tone} icon={symbol} text={t(`connection.${connection}`)} filled />
    </span>
  )
}
