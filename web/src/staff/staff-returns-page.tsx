import { NativeSelect } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { returnStatuses } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { allReturnsQuery } from '../returns/queries.ts'
import { ReturnRows } from '../returns/return-rows.tsx'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'

const here = '/staff/returns'

/** Filter and page are in the address, so they survive a reload and can be sent to somebody. */
export function StaffReturnsPage() {
  const t = useText()
  const search = useSearch({ from: here })
  const navigate = useNavigate()
  const { data, error, isError, isPending, refetch } = useQuery(allReturnsQuery(search))
  const options = returnStatuses.map((status) => ({ value: status, label: t(`returnStatus.${status}`) }))
  return (
    <Page
      title={t('nav.returns')}
      intro={t('staffReturns.intro')}
      aside={
        <NativeSelect
          label={t('orders.status')}
          value={search.status ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const status = returnStatuses.find((known) => known === value)
            void navigate({ to: here, search: status ? { status } : {} })
          }}
          data={[{ value: '', label: t('orders.everyStatus') }, ...options]}
          w={{ base: '100%', xs: 240 }}
        />
      }
    >
      {isPending && <Loading rows={6} height={64} />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && data.items.length === 0 && (
        <Nothing isFiltered={search.status !== undefined || search.cursor !== undefined} />
      )}
      {data && data.items.length > 0 && (
        <>
          <ReturnRows returns={data.items} />
          <Pager to={here} search={search} nextCursor={data.nextCursor} />
        </>
      )}
    </Page>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useText()
  if (!isFiltered) {
    return <Empty icon={<IconInbox size={28} />} title={t('staffReturns.none')} text={t('staffReturns.noneHint')} />
  }
  return (
    <Empty
      icon={<IconInbox size={28} />}
      title={t('staffReturns.noneFound')}
      text={t('staffReturns.noneFoundHint')}
      action={
        <ButtonLink to={here} search={{}} variant="default">
          {t('staffReturns.showAll')}
        </ButtonLink>
      }
    />
  )
}
