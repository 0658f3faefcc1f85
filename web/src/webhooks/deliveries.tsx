import { Group, NativeSelect, Paper, Stack, Title } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DeliverySearch, deliveryStatuses } from '../app/operator-search.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { DeliveryRow } from './delivery-row.tsx'
import { type Base, deliveriesQuery, type Endpoint } from './queries.ts'
import classes from './webhooks.module.css'

type Props = {
  readonly endpoint: Endpoint
  readonly base: Base
  readonly search: DeliverySearch
  readonly mayTend: boolean
}

/** What was sent there, newest first; the state that is looked for and the page are in the address. */
export function Deliveries({ endpoint: { id, enabled }, base, search, mayTend }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const { data, error, isPending, isError, refetch } = useQuery(deliveriesQuery(id, search))
  const show = (value: string): void => {
    const status = deliveryStatuses.find((known) => known === value)
    void navigate({ to: `${base}/$id`, params: { id }, search: status ? { status } : {}, resetScroll: false })
  }
  return (
    <Stack gap="md" component="section" aria-label={t('delivery.title')}>
      <Group justify="space-between" align="flex-end" gap="md">
        <Title order={2}>{t('delivery.title')}</Title>
        <NativeSelect
          label={t('delivery.status')}
          value={search.status ?? ''}
          onChange={({ currentTarget: { value } }) => show(value)}
          data={[
            { value: '', label: t('delivery.every') },
            ...deliveryStatuses.map((status) => ({ value: status, label: t(`delivery.${status}`) })),
          ]}
          w={220}
        />
      </Group>
      {isPending && <Loading rows={4} height={56} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data?.items.length === 0 && (
        <Empty icon={<IconSend size={28} />} title={t('delivery.none')} text={t('delivery.noneHint')} />
      )}
      {data && data.items.length > 0 && (
        <>
          <Paper withBorder>
            <ul className={classes['rows']} aria-label={t('delivery.title')}>
              {data.items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} mayRedeliver={mayTend && enabled} />
              ))}
            </ul>
          </Paper>
          <Group justify="space-between" component="nav" aria-label={t('orders.pages')}>
            {search.cursor !== undefined && (
              <ButtonLink
                to={`${base}/$id`}
                params={{ id }}
                search={search.status ? { status: search.status } : {}}
                variant="default"
              >
                {t('orders.newest')}
              </ButtonLink>
            )}
            {data.nextCursor !== null && (
              <ButtonLink
                to={`${base}/$id`}
                params={{ id }}
                search={{ ...search, cursor: data.nextCursor }}
                variant="default"
              >
                {t('orders.older')}
              </ButtonLink>
            )}
          </Group>
        </>
      )}
    </Stack>
  )
}
