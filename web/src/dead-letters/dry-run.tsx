import { Stack, Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'

type Props = {
  readonly of: WholeLetter['dryRun']
  /** What stands beside it already, and is not said twice. */
  readonly known?: string
}

/** Whether today's parser takes the letter; whether the service can process it is seen when it does. */
export function DryRun({ of: { accepted, problem }, known }: Props) {
  const t = useText()
  if (accepted) return <Note tone="good" icon={IconCheck} text={t('letter.accepted')} />
  return (
    <Stack gap={2}>
      <Note tone="bad" icon={IconX} text={t('letter.notAccepted')} />
      {problem !== null && problem !== known && (
        <Text size="sm" lang="en" style={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Text>
      )}
    </Stack>
  )
}
