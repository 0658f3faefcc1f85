import { IconReceipt } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { OrderList } from './order-list.tsx'
import { StatusFilter } from './status-filter.tsx'

export function MyOrdersPage() {
  const t = useText()
  const search = useSearch({ from: '/orders' })
  const navigate = useNavigate()
  return (
    <Page
      title={t('orders.mine')}
      intro={t('orders.intro')}
      aside={
        <StatusFilter
          value={search.status}
          onChange={(status) => void navigate({ to: '/orders', search: status ? { status } : {} })}
        />
      }
    >
      <OrderList
        to="/orders"
        search={search}
        whenEmpty={
          <Empty
            icon={<IconReceipt size={28} />}
            title={t('orders.none')}
            text={t('orders.noneHint')}
            action={<ButtonLink to="/">{t('cart.toShop')}</ButtonLink>}
          />
        }
      />
    </Page>
  )
}
