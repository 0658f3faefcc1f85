import { Checkbox, Group, TextInput } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { OrderSearch } from '../app/search.ts'
import { useText } from '../i18n/use-text.ts'
import { OrderList } from '../orders/order-list.tsx'
import { ordersQuery } from '../orders/queries.ts'
import { StatusFilter } from '../orders/status-filter.tsx'
import { BehindNote } from '../figures/behind-note.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

export function StaffOrdersPage() {
  const t = useText()
  const search = useSearch({ from: '/staff/orders' })
  const navigate = useNavigate()
  const [customer, setCustomer] = useState(search.customer ?? '')
  const { error } = useQuery(ordersQuery(search))
  const errors = useFieldErrors(error, ['/query/customerId'])
  const { cursor: _, ...filter } = search

  useEffect(() => setCustomer(search.customer ?? ''), [search.customer])
  const show = (next: OrderSearch): void => void navigate({ to: '/staff/orders', search: next })
  function filterBy(change: Partial<Record<keyof OrderSearch, unknown>>): void {
    const given = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== '')
    show(Object.fromEntries(given))
  }
  const typed = customer.trim()

  return (
    <Page title={t('nav.orders')} intro={t('staff.ordersIntro')}>
      <Group
        component="form"
        align="flex-start"
        gap="lg"
        onSubmit={(event) => {
          event.preventDefault()
          filterBy({ customer: typed })
        }}
      >
        <StatusFilter value={search.status} onChange={(status) => filterBy({ status })} />
        <TextInput
          label={t('staff.customerId')}
          placeholder={t('staff.customerHint')}
          value={customer}
          onChange={(event) => setCustomer(event.currentTarget.value)}
          onBlur={() => typed !== (search.customer ?? '') && filterBy({ customer: typed })}
          error={errors.at('/query/customerId')}
          w={{ base: '100%', xs: 340 }}
        />
        <Checkbox
          label={t('staff.attentionOnly')}
          checked={search.attention === true}
          onChange={(event) => filterBy({ attention: event.currentTarget.checked || undefined })}
          mt={{ base: 0, sm: 32 }}
        />
      </Group>
      <BehindNote search={search} />
      <OrderList
        to="/staff/orders"
        search={search}
        staff
        whenEmpty={<Empty icon={<IconInbox size={28} />} title={t('staff.noOrders')} text={t('staff.noOrdersHint')} />}
      />
    </Page>
  )
}
