import { Paper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Product, ReturnOfOrder } from '../http/contract.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { AttentionBadge } from '../orders/attention-badge.tsx'
import classes from '../orders/order-rows.module.css'
import { shortId } from '../orders/queries.ts'
import { useProducts } from '../shop/products.ts'
import { Amount } from '../ui/money.tsx'
import { Time } from '../ui/time.tsx'
import { returnName } from './return-name.ts'
import { ReturnStatusBadge } from './return-status-badge.tsx'

/** As the orders are listed; a whole row leads to the order, where a return is decided. */
export function ReturnRows({ returns }: { readonly returns: readonly ReturnOfOrder[] }) {
  const t = useText()
  const { data: products = [] } = useProducts()
  const nameOf = ({ lines }: ReturnOfOrder): string =>
    lines.length === 0 ? t('return.moneyOnly') : lines.map((line) => contents(line, products)).join(', ')
  return (
    <Paper withBorder className={classes['table']}>
      <div className={classes['head']} aria-hidden>
        <span>{t('staffReturns.return')}</span>
        <span>{t('orders.status')}</span>
        <span>{t('staffReturns.requested')}</span>
        <span className={classes['amount']}>{t('staffReturns.sum')}</span>
      </div>
      <ul className={classes['rows']} aria-label={t('nav.returns')}>
        {returns.map((one) => (
          <li key={`${one.orderId} ${one.number}`} className={classes['row']}>
            <div className={classes['what']}>
              <Link to="/orders/$orderId" params={{ orderId: one.orderId }} className={classes['link']}>
                {nameOf(one)}
              </Link>
              <span className={classes['note']}>{about(t, one)}</span>
            </div>
            <div className={classes['badges']}>
              <ReturnStatusBadge status={one.status} />
              {one.needsAttention && <AttentionBadge />}
            </div>
            <span className={classes['time']}>
              <Time at={one.requestedAt} />
            </span>
            <span className={classes['amount']}>
              <Amount of={one.amount} />
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}

/** Each part stays in one piece, its dot at its end. */
const about = (t: Translate, one: ReturnOfOrder): string =>
  [
    t('order.title', { id: shortId(one.orderId) }),
    returnName(t, one),
    t('orders.customer', { id: shortId(one.customerId) }),
  ]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join('\u00a0· ')

const contents = ({ sku, quantity }: ReturnOfOrder['lines'][number], products: readonly Product[]): string =>
  `${quantity} × ${products.find((product) => product.sku === sku)?.name ?? sku}`
