import { Checkbox, Paper } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { mostOrders } from '../board/queries.ts'
import type { Order } from '../http/contract.ts'
import { hasText, type Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { stepName } from '../saga/names.ts'
import { Amount } from '../ui/money.tsx'
import { Time } from '../ui/time.tsx'
import { AttentionBadge } from './attention-badge.tsx'
import { shortId } from './queries.ts'
import { StatusBadge } from './status-badge.tsx'
import classes from './order-rows.module.css'

/** Of orders, to act on many. */
export type Choice = { readonly chosen: readonly string[]; readonly onChoose: (ids: readonly string[]) => void }
type Props = { readonly orders: readonly Order[]; readonly staff?: boolean; readonly choice?: Choice }

/** A table where there is room, cards where there is not. A whole row leads to its order. */
export function OrderRows({ orders, staff = false, choice }: Props) {
  const t = useText()
  const toggle = (id: string, { chosen, onChoose }: Choice): void =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <Paper withBorder className={classes['table']} data-choice={choice !== undefined || undefined}>
      <div className={classes['head']} aria-hidden>
        {choice && <span />}
        <span>{t('orders.order')}</span>
        <span>{t('orders.status')}</span>
        <span>{t('orders.placed')}</span>
        <span className={classes['amount']}>{t('orders.total')}</span>
      </div>
      <ul className={classes['rows']} aria-label={t('nav.orders')}>
        {orders.map((order) => (
          <li key={order.id} className={classes['row']}>
            {choice && (
              <Checkbox
                size="xs"
                className={classes['check'] ?? ''}
                checked={choice.chosen.includes(order.id)}
                disabled={isFull(choice) && !choice.chosen.includes(order.id)}
                onChange={() => toggle(order.id, choice)}
                aria-label={t('bulk.choose', { id: shortId(order.id) })}
              />
            )}
            <div className={classes['what']}>
              <Link to="/orders/$orderId" params={{ orderId: order.id }} className={classes['link']}>
                {contents(order, t('orders.more', { count: order.lines.length - 1 }))}
              </Link>
              <span className={classes['note']}>
                <code>{shortId(order.id)}</code>
                {staff && ` · ${t('orders.customer', { id: shortId(order.customerId) })}`}
              </span>
              {staff && order.waiting && <Waits {...order.waiting} />}
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

/** The API takes no more in one call. */
const isFull = ({ chosen }: Choice): boolean => chosen.length >= mostOrders

/** Whom it waits for, as far as the order's events say. */
function Waits({ for: names, since }: NonNullable<Order['waiting']>) {
  const t = useText()
  return (
    <span className={classes['note']}>
      {t('board.waitsSince', { names: names.map((name) => waitName(t, name)).join(', ') })} <Time at={since} />
    </span>
  )
}

function waitName(t: Translate, name: string): string {
  const key = `board.for.${name}`
  return hasText(key) ? t(key) : stepName(t, name)
}

function contents({ lines }: Order, more: string): string {
  const [first] = lines
  if (first === undefined) return '–'
  return `${first.quantity} × ${first.name}${lines.length > 1 ? ` ${more}` : ''}`
}
