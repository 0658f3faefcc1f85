import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import row from '../ui/folded-row.module.css'
import { FoldedRow } from '../ui/folded-row.tsx'
import { TextLink } from '../ui/links.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Time } from '../ui/time.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { Attempts } from './attempts.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { type Delivery, redeliver, webhooksKey } from './queries.ts'
import classes from './webhooks.module.css'

type Props = { readonly delivery: Delivery; readonly mayRedeliver: boolean }

/** A line each; its tries are below it, for whoever opens it. */
export function DeliveryRow({ delivery, mayRedeliver }: Props) {
  const t = useText()
  const { id, eventId, type, orderId, status, attempts, nextTryAt, createdAt } = delivery
  const last = attempts.at(-1)
  return (
    <FoldedRow
      columns={classes['summary']}
      summary={
        <>
          <span className={row['name']}>{type}</span>
          <DeliveryState status={status} />
          <span className={classes['small']}>
            {t('delivery.tries', { count: attempts.length })}
            {last && `, ${t('delivery.lastSaid', { answer: last.status ?? last.error ?? '' })}`}
          </span>
          <span className={classes['small']}>
            <Time at={createdAt} />
          </span>
        </>
      }
    >
      <Attempts of={delivery} />
      {nextTryAt !== null && (
        <span className={classes['small']}>
          {t('webhooks.nextTry')} <Time at={nextTryAt} clock />
        </span>
      )}
      <Group gap="md">
        <span className={classes['small']}>
          {t('delivery.event')} <Copyable text={eventId} />
        </span>
        {orderId !== null && (
          <TextLink to="/orders/$orderId" params={{ orderId }} size="sm">
            {t('delivery.order')}
          </TextLink>
        )}
      </Group>
      {mayRedeliver && <Redeliver id={id} type={type} />}
    </FoldedRow>
  )
}

function Redeliver({ id, type }: { readonly id: string; readonly type: string }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => redeliver(id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: webhooksKey })
      notice(t('delivery.redelivered'))
    },
  })
  return (
    <Stack gap="xs" align="flex-start">
      <FormProblem error={error} others={[]} />
      <Button
        size="xs"
        variant="default"
        loading={isPending}
        aria-label={t('delivery.redeliverNamed', { type })}
        onClick={() => mutate()}
      >
        {t('delivery.redeliver')}
      </Button>
    </Stack>
  )
}
