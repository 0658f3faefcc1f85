import { IconInbox } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { BoardSearch } from '../board/search.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Pager } from '../ui/pager.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import type { Order } from '../http/contract.ts'
import { type Choice, OrderRows } from './order-rows.tsx'
import { ordersQuery } from './queries.ts'

type Props = {
  readonly to: '/orders' | '/staff/orders'
  readonly search: BoardSearch
  readonly staff?: boolean
  readonly choice?: Choice
  /** Above the rows, where there are any. */
  readonly above?: (orders: readonly Order[], isMore: boolean) => ReactNode
  readonly whenEmpty: ReactNode
}

/** One page of orders; which one is in the address, so it survives a reload and can be sent to somebody. */
export function OrderList({ to, search, staff = false, choice, above, whenEmpty }: Props) {
  const t = useText()
  const { data, error, isPending, isError, refetch } = useQuery({
    ...ordersQuery(search),
    placeholderData: keepPreviousData,
  })
  const isFiltered = Object.keys(search).length > 0
  if (isPending) return <Loading rows={6} height={64} />
  if (isError && !data) return <Failed error={error} retry={refetch} />
  if (data.items.length === 0) {
    if (!isFiltered) return whenEmpty
    return (
      <Empty
        icon={<IconInbox size={28} />}
        title={t('orders.noneFound')}
        text={t('orders.noneFoundHint')}
        action={
          <ButtonLink to={to} search={{}} variant="default">
            {t('orders.showAll')}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <>
      {isError && <Failed error={error} retry={refetch} />}
      {above?.(data.items, data.nextCursor !== null || search.cursor !== undefined)}
      <OrderRows orders={data.items} staff={staff} {...(choice && { choice })} />
      <Pager to={to} search={search} nextCursor={data.nextCursor} />
    </>
  )
}
