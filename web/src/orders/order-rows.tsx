import { Paper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Order } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Amount } from '../ui/money.tsx'
import { Time } from '../ui/time.tsx'
import { AttentionBadge } from './attention-badge.tsx'
import { shortId } from './queries.ts'
import { StatusBadge } from './status-badge.tsx'
import classes from './order-rows.module.css'

type Props = { readonly orders: readonly Order[]; readonly staff?: boolean }

/** A table where there is room, cards where there is not. A whole row leads to its order. */
export function OrderRows({ orders, staff = false }: Props) {
  const t = useText()
  return (
    <Paper withBorder className={classes['table']}>
      <div className={classes['head']} aria-hidden>
        <span>{t('orders.order')}</span>
        <span>{t('orders.status')}</span>
        <span>{t('orders.placed')}</span>
        <span className={classes['amount']}>{t('orders.total')}</span>
      </div>
      <ul className={classes['rows']} aria-label={t('nav.orders')}>
        {orders.map((order) => (
          <li key={order.id} className={classes['row']}>
            <div className={classes['what']}>
              <Link to="/orders/$orderId" params={{ orderId: order.id }} className={classes['link']}>
                {contents(order, t('orders.more', { count: order.lines.length - 1 }))}
              </Link>
              <span className={classes['note']}>
                <code>{shortId(order.id)}</code>
                {staff && ` · ${t('orders.customer', { id: shortId(order.customerId) })}`}
              </span>
            </div>
            <div className={classes['badges']}>
              <StatusBadge status={order.status} />
              {order.needsAttention && <AttentionBadge />}
            </div>
            <span className={classes['time']}>
              <Time at={order.placedAt} />
            </span>
            <span className={classes['amount']}>
              <Amount of={order.total} />
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}

function contents({ lines }: Order, more: string): string {
  const [first] = lines
  if (first === undefined) return '–'
  return `${first.quantity} × ${first.name}${lines.length > 1 ? ` ${more}` : ''}`
}
