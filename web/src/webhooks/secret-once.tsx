import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from '../ui/copyable.tsx'

type Props = { readonly text: string; readonly secret: string; readonly onKept: () => void }

/** The only time that anybody sees it: closed by a button that says so, not by a key or a click beside it. */
export function SecretOnce({ text, secret, onKept }: Props) {
  const t = useText()
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconKey />} role="status">
        {text}
      </Alert>
      <div>
        <Text size="sm" fw={600}>
          {t('webhooks.secret')}
        </Text>
        <Copyable text={secret} />
      </div>
      <Group justify="flex-end">
        <Button onClick={onKept}>{t('programs.kept')}</Button>
      </Group>
    </Stack>
  )
}
