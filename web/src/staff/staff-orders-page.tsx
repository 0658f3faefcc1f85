import { Group } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Change, changed } from '../app/search.ts'
import { BulkBar } from '../board/bulk-bar.tsx'
import { SavedFilters } from '../board/saved-filters.tsx'
import { type BoardSearch, readBoardSearch } from '../board/search.ts'
import { useBell } from '../board/use-bell.ts'
import { Views } from '../board/views.tsx'
import { WaitingFilter } from '../board/waiting-filter.tsx'
import { useText } from '../i18n/use-text.ts'
import { OrderList } from '../orders/order-list.tsx'
import { ordersQuery } from '../orders/queries.ts'
import { StatusFilter } from '../orders/status-filter.tsx'
import { BehindNote } from '../figures/behind-note.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FilterText } from '../ui/filter-text.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

/** What wants a look, and what can be done about many orders at once. It moves as the orders do. */
export function StaffOrdersPage() {
  const t = useText()
  const search = useSearch({ from: '/staff/orders' })
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { error } = useQuery(ordersQuery(search))
  useBell()
  const errors = useFieldErrors(error, ['/query/customerId'])
  const { cursor: _, ...filter } = search

  const show = (change: Change<BoardSearch>): void =>
    void navigate({ to: '/staff/orders', search: readBoardSearch(changed(search, change)) })
  const where = JSON.stringify(filter)
  useEffect(() => setChosen([]), [where])

  return (
    <Page title={t('nav.orders')} intro={t('staff.ordersIntro')}>
      <Views search={search} />
      <Group align="flex-start" gap="lg">
        {search.compensating !== true && <StatusFilter value={search.status} onChange={(status) => show({ status })} />}
        <WaitingFilter search={search} onChange={show} />
        <FilterText
          label={t('staff.customerId')}
          placeholder={t('staff.customerHint')}
          value={search.customer}
          onApply={(customer) => show({ customer })}
          error={errors.at('/query/customerId')}
          width={260}
          alone
        />
      </Group>
      <SavedFilters search={search} />
      <BehindNote search={search} />
      <OrderList
        to="/staff/orders"
        search={search}
        staff
        choice={{ chosen, onChoose: setChosen }}
        above={(orders, isMore) => (
          <BulkBar
            search={search}
            shown={orders.map(({ id }) => id)}
            isMore={isMore}
            chosen={chosen}
            onChoose={setChosen}
          />
        )}
        whenEmpty={<Empty icon={<IconInbox size={28} />} title={t('staff.noOrders')} text={t('staff.noOrdersHint')} />}
      />
    </Page>
  )
}
