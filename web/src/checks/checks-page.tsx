import { Alert, Button, Paper, Stack } from '@mantine/core'
import { IconPlayerPlay, IconPlugConnectedX, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { CheckRows } from './check-rows.tsx'
import { CheckSummary } from './check-summary.tsx'
import { checksKey, checksQuery, startCheck } from './queries.ts'
import { rowsOf } from './rows.ts'

/** What the last check said of everything that always holds, and the way to run one now. */
export function ChecksPage() {
  const t = useText()
  const client = useQueryClient()
  const { data, error, isPending, isError, refetch } = useQuery(checksQuery)
  const start = useMutation({
    mutationFn: startCheck,
    onSuccess: () => client.invalidateQueries({ queryKey: checksKey }),
  })
  const isRunning = data?.underWay === true || start.isPending
  return (
    <Page
      title={t('checks.title')}
      intro={t('checks.intro')}
      above={<OperationsTabs />}
      aside={
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={isRunning}
          onClick={() => start.mutate()}
        >
          {t('checks.run')}
        </Button>
      }
    >
      <FormProblem error={start.error} others={[]} />
      {isPending && <Loading rows={8} height={56} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && (
        <Stack gap="md">
          <CheckSummary last={data.last} isRunning={isRunning} />
          {data.last === null && !isRunning && (
            <Empty icon={<IconShieldCheck size={28} />} title={t('checks.none')} text={t('checks.noneHint')} />
          )}
          {data.last?.outcome === 'failed' && (
            <Alert color="orange" icon={<IconPlugConnectedX />} title={t('checks.couldNotLook')}>
              <span lang="en" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {data.last.message}
              </span>
            </Alert>
          )}
          {data.last && (
            <Paper withBorder>
              <CheckRows rows={rowsOf(data.last)} />
            </Paper>
          )}
        </Stack>
      )}
    </Page>
  )
}
