import { Paper, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { DeliverySearch } from '../app/operator-search.ts'
import { useUser } from '../auth/use-session.ts'
import { isAdmin } from '../auth/staff.ts'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Deliveries } from './deliveries.tsx'
import { EndpointActs } from './endpoint-acts.tsx'
import { EndpointFacts } from './endpoint-facts.tsx'
import { type Base, endpointQuery } from './queries.ts'

export function StaffEndpointPage() {
  const { id } = useParams({ from: '/staff/webhooks/$id' })
  return <EndpointPage base="/staff/webhooks" id={id} search={useSearch({ from: '/staff/webhooks/$id' })} />
}
export function MyEndpointPage() {
  const { id } = useParams({ from: '/webhooks/$id' })
  return <EndpointPage base="/webhooks" id={id} search={useSearch({ from: '/webhooks/$id' })} />
}

type Props = { readonly base: Base; readonly id: string; readonly search: DeliverySearch }

/** One endpoint and what was sent to it. Its owner changes it; an admin may also deliver once more and delete. */
function EndpointPage({ base, id, search }: Props) {
  const t = useText()
  const user = useUser()
  const { data: endpoint, error, isPending, isError, refetch } = useQuery(endpointQuery(id))
  const isOwn = endpoint !== undefined && endpoint.owner.id === user?.id
  const mayTend = isOwn || isAdmin(user)
  return (
    <Page
      title={t('webhooks.one')}
      intro={endpoint && <span style={{ overflowWrap: 'anywhere' }}>{endpoint.url}</span>}
      above={base === '/staff/webhooks' ? <OperationsTabs /> : undefined}
      aside={
        <TextLink to={base} size="sm">
          {t('webhooks.back')}
        </TextLink>
      }
    >
      {isPending && <Loading rows={2} height={160} />}
      {isError && !endpoint && <Failed error={error} retry={refetch} />}
      {endpoint && (
        <>
          <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('webhooks.facts')}>
            <Stack gap="lg">
              <EndpointFacts endpoint={endpoint} isOwn={isOwn} />
              {mayTend && <EndpointActs endpoint={endpoint} base={base} isOwn={isOwn} />}
            </Stack>
          </Paper>
          <Deliveries endpoint={endpoint} base={base} search={search} mayTend={mayTend} />
        </>
      )}
    </Page>
  )
}
