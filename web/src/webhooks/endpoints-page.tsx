import { Button, Paper } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useUser } from '../auth/use-session.ts'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { More } from '../ui/more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { EndpointRow } from './endpoint-row.tsx'
import { type Base, endpointsQuery } from './queries.ts'
import classes from './webhooks.module.css'

/** Everybody’s, for staff. */
export const StaffEndpointsPage = () => <EndpointsPage base="/staff/webhooks" />
/** One’s own. */
export const MyEndpointsPage = () => <EndpointsPage base="/webhooks" />

function EndpointsPage({ base }: { readonly base: Base }) {
  const t = useText()
  const user = useUser()
  const [isNew, setNew] = useState(false)
  const list = useInfiniteQuery(endpointsQuery)
  const { data, error, isError, isPending, refetch } = list
  const endpoints = itemsOf(data)
  const isOfStaff = base === '/staff/webhooks'
  // support staff are told of nothing: that would be a way out for all orders
  const mayHear = user !== undefined && user.role !== 'support'
  return (
    <Page
      title={t('webhooks.title')}
      intro={t(isOfStaff ? 'webhooks.introStaff' : 'webhooks.intro')}
      above={isOfStaff && <OperationsTabs />}
      aside={
        mayHear && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setNew(true)}>
            {t('webhooks.new')}
          </Button>
        )
      }
    >
      {isPending && <Loading rows={3} height={84} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && endpoints.length === 0 && (
        <Empty icon={<IconWebhook size={28} />} title={t('webhooks.none')} text={t('webhooks.noneHint')} />
      )}
      {endpoints.length > 0 && (
        <Paper withBorder>
          <ul className={classes['rows']} aria-label={t('webhooks.title')}>
            {endpoints.map((endpoint) => (
              <EndpointRow key={endpoint.id} endpoint={endpoint} base={base} />
            ))}
          </ul>
        </Paper>
      )}
      <More of={list} />
      {isNew && <EndpointForm onClose={() => setNew(false)} />}
    </Page>
  )
}
