import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import letters from '../dead-letters/letters.module.css'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Attempts } from './attempts.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { type Trial, tryEndpoint, webhooksKey } from './queries.ts'

type Props = { readonly id: string; readonly onClose: () => void }

/** Shows what would be sent, or sends an event that tells of nothing and shows what came of it. */
export function TryEndpoint({ id, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (dryRun: boolean) => tryEndpoint(id, dryRun),
    onSuccess: () => void client.invalidateQueries({ queryKey: webhooksKey }),
  })
  return (
    <Dialog onClose={onClose} title={t('webhooks.try')} size="lg">
      <Stack gap="md">
        <Text size="sm">{t('webhooks.tryText')}</Text>
        <Group gap="xs">
          <Button loading={isPending && variables === false} onClick={() => mutate(false)}>
            {t('webhooks.sendTest')}
          </Button>
          <Button variant="default" loading={isPending && variables === true} onClick={() => mutate(true)}>
            {t('webhooks.dryRun')}
          </Button>
        </Group>
        <FormProblem error={error} others={[]} />
        <div role="status">{data && <Outcome trial={data} />}</div>
      </Stack>
    </Dialog>
  )
}

function Outcome({ trial: { delivery, wouldSend } }: { readonly trial: Trial }) {
  const t = useText()
  return (
    <Stack gap="sm">
      {delivery && (
        <>
          <DeliveryState status={delivery.status} />
          <Attempts of={delivery} />
        </>
      )}
      {wouldSend && (
        <>
          <Text size="sm">{t('webhooks.wouldSend')}</Text>
          <pre className={letters['raw']} tabIndex={0} role="region" aria-label={t('webhooks.wouldSend')}>
            {[
              `POST ${wouldSend.url}`,
              ...Object.entries(wouldSend.headers).map(([name, value]) => `${name}: ${value}`),
              '',
              wouldSend.body,
            ].join('\n')}
          </pre>
        </>
      )}
    </Stack>
  )
}
