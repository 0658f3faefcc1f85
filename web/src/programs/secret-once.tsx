import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from '../ui/copyable.tsx'
import type { Opened } from './queries.ts'

type Props = { readonly opened: Opened; readonly onKept: () => void }

/** The only time that anybody sees it: closed by a button that says so, not by a key or a click beside it. */
export function SecretOnce({ opened: { id, secret }, onKept }: Props) {
  const t = useText()
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconKey />} role="status">
        {t('programs.openedText')}
      </Alert>
      <Named label={t('programs.id')} text={id} />
      <Named label={t('programs.secret')} text={secret} />
      <Group justify="flex-end">
        <Button onClick={onKept}>{t('programs.kept')}</Button>
      </Group>
    </Stack>
  )
}

function Named({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Copyable text={text} />
    </div>
  )
}
