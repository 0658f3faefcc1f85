import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Saga } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import type { Connection } from '../orders/use-live-order.ts'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { ConnectionNote } from './connection-note.tsx'
import { actionName, stepName } from './names.ts'
import { SagaGraph } from './saga-graph.tsx'

type Props = {
  readonly saga: UseQueryResult<Saga>
  readonly connection: Connection
  readonly updatedAt: string
}

export function SagaPanel({ saga, connection, updatedAt }: Props) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('saga.title')}>
      <Stack gap="lg">
        <Group justify="space-between" gap="xs">
          <div>
            <Title order={2}>{t('saga.title')}</Title>
            <Text size="sm" c="dimmed">
              {saga.data ? waiting(t, saga.data) : ''}
            </Text>
          </div>
          <Group gap="sm">
            <Text size="sm" c="dimmed" component="span">
              {t('saga.updated')} <Time at={updatedAt} clock />
            </Text>
            <ConnectionNote connection={connection} />
          </Group>
        </Group>
        {saga.isPending && <Loading rows={2} height={120} />}
        {saga.isError && !saga.data && <Failed error={saga.error} retry={saga.refetch} />}
        {saga.data && <SagaGraph saga={saga.data} />}
      </Stack>
    </Paper>
  )
}

/** In a sentence what the graph shows. */
function waiting(t: ReturnType<typeof useText>, { waitingFor, status }: Saga): string {
  if (waitingFor.length === 0) return t(`statusText.${status}`)
  const names = waitingFor.map(({ participant, step, action }) =>
    participant === 'customer' ? t('saga.customerPays') : `${stepName(t, step)} (${actionName(t, step, action)})`,
  )
  return t('saga.waitingFor', { names: names.join(', ') })
}
