import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from './copyable.tsx'

type Named = { readonly label: string; readonly text: string }
type Props = { readonly text: string; readonly shown: readonly Named[]; readonly onKept: () => void }

/** The only time that anybody sees it: closed by a button that says so, not by a key or a click beside it. */
export function SecretOnce({ text, shown, onKept }: Props) {
  const t = useText()
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconKey />} role="status">
        {text}
      </Alert>
      {shown.map((one) => (
        <div key={one.label}>
          <Text size="sm" fw={600}>
            {one.label}
          </Text>
          <Copyable text={one.text} />
        </div>
      ))}
      <Group justify="flex-end">
        <Button onClick={onKept}>{t('programs.kept')}</Button>
      </Group>
    </Stack>
  )
}
