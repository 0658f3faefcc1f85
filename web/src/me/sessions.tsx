import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { leave } from '../auth/session.ts'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import classes from './me.module.css'
import { endAllSessions, sessionsQuery } from './queries.ts'
import { SessionRow } from './session-row.tsx'

/** Where one is signed in, to end what one does not know. */
export function Sessions() {
  const t = useText()
  const navigate = useNavigate()
  const { data, error, isError, isPending, refetch } = useQuery(sessionsQuery)
  const everywhere = useMutation({
    mutationFn: endAllSessions,
    onSuccess: () => {
      leave()
      void navigate({ to: '/sign-in' })
    },
  })
  return (
    <Paper withBorder component="section" aria-label={t('me.sessions')}>
      <Stack gap="sm" p={{ base: 'md', sm: 'lg' }}>
        <Group justify="space-between" gap="sm">
          <Title order={2}>{t('me.sessions')}</Title>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconLogout size={16} aria-hidden />}
            loading={everywhere.isPending}
            onClick={() => everywhere.mutate()}
          >
            {t('me.everywhere')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('me.sessionsText')}
        </Text>
        <FormProblem error={everywhere.error} others={[]} />
        {isPending && <Loading rows={2} />}
        {isError && <Failed error={error} retry={refetch} />}
      </Stack>
      {data && (
        <ul className={classes['sessions']} aria-label={t('me.sessions')}>
          {data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Paper>
  )
}
