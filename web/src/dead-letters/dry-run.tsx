import { Stack, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'

/** Whether today's parser takes the letter; whether the service can process it is seen when it does. */
export function DryRun({ of: { accepted, problem } }: { readonly of: WholeLetter['dryRun'] }) {
  const t = useText()
  if (accepted) return <Note tone="good" icon={IconCheck} text={t('letter.accepted')} />
  return (
    <Stack gap={2}>
      <Note tone="bad" icon={IconX} text={t('letter.notAccepted')} />
      {problem !== null && (
        <Text size="sm" lang="en">
          {problem}
        </Text>
      )}
    </Stack>
  )
}
