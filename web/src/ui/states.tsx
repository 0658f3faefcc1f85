import { Alert, Button, Paper, Skeleton, Stack, Text, ThemeIcon, Title, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useProblemText } from './problem-text.ts'

type EmptyProps = {
  readonly icon: ReactNode
  readonly title: string
  readonly text?: string
  readonly action?: ReactNode
}

export function Empty({ icon, title, text, action }: EmptyProps) {
  return (
    <Paper withBorder p={{ base: 'xl', sm: 48 }}>
      <Stack align="center" gap="xs">
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={2} size="h4" mt="xs" ta="center">
          {title}
        </Title>
        {text !== undefined && (
          <Text c="dimmed" ta="center" maw={420}>
            {text}
          </Text>
        )}
        {action !== undefined && <div style={{ marginTop: 12 }}>{action}</div>}
      </Stack>
    </Paper>
  )
}

export function Loading({ rows = 4, height = 56 }: { readonly rows?: number; readonly height?: number }) {
  const t = useText()
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Stack>
  )
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const t = useText()
  const text = useProblemText()
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t('state.failed')} role="alert">
      <Stack gap="sm" align="flex-start">
        <span>{text(error)}</span>
        {retry && (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={16} />} onClick={() => void retry()}>
            {t('state.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
