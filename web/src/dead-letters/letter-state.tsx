import { IconArchive, IconMailExclamation, IconSend } from '@tabler/icons-react'
import type { Letter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'

const looks = {
  open: { tone: 'warn', icon: IconMailExclamation },
  redriven: { tone: 'busy', icon: IconSend },
  discarded: { tone: 'calm', icon: IconArchive },
} as const

export function LetterState({ state }: { readonly state: Letter['state'] }) {
  const t = useText()
  return <Note {...looks[state]} text={t(`letterState.${state}`)} filled />
}
