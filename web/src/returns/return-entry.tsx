import { Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconLoader } from '@tabler/icons-react'
import type { Order, Return } from '../http/contract.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { AttentionBadge } from '../orders/attention-badge.tsx'
import { Amount } from '../ui/money.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import { ReturnStatusBadge } from './return-status-badge.tsx'
import { returnName } from './return-name.ts'
import { StaffDecision } from './staff-decision.tsx'
import classes from './returns.module.css'

type Props = { readonly order: Order; readonly one: Return; readonly isStaff: boolean }

export function ReturnEntry({ order, one, isStaff }: Props) {
  const t = useText()
  const { status, lines, amount, reason, requestedAt, needsAttention } = one
  const title = returnName(t, one)
  return (
    <li className={classes['entry']} aria-label={title}>
      <Stack gap={6}>
        <div className={classes['head']}>
          <Text fw={600}>{title}</Text>
          <Text fw={550}>
            <Amount of={amount} />
          </Text>
        </div>
        <div className={classes['badges']} role="status">
          <ReturnStatusBadge status={status} />
          {needsAttention && <AttentionBadge />}
        </div>
        <Text size="sm">{t(statusText(one))}</Text>
        <Marks one={one} />
        {lines.length === 0 ? (
          <Text size="sm">{t('return.moneyOnly')}</Text>
        ) : (
          <ul className={classes['goods']}>
            {lines.map(({ sku, quantity }) => (
              <li key={sku}>
                {quantity} × {order.lines.find((line) => line.sku === sku)?.name ?? sku}
              </li>
            ))}
          </ul>
        )}
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('return.reasonGiven', { reason })}
          <br />
          <Time at={requestedAt} />
        </Text>
        {isStaff && <StaffDecision orderId={order.id} one={one} title={title} />}
      </Stack>
    </li>
  )
}

function statusText({ status, lines, needsAttention }: Return): TextKey {
  if (needsAttention) return 'returnText.attention'
  return status === 'received' && lines.length === 0 ? 'returnText.receivedMoney' : `returnText.${status}`
}

/** The two sides of a return that is settled: the goods on the shelf, the money with the customer. */
function Marks({ one: { status, lines, amount, restocked, refunded, needsAttention } }: Pick<Props, 'one'>) {
  const t = useText()
  if (status !== 'received' && status !== 'completed') return null
  const mark = (isDone: boolean, [done, busy, stuck]: readonly [TextKey, TextKey, TextKey]) => {
    if (isDone) return <Note tone="good" icon={IconCircleCheck} text={t(done)} />
    // which side is stuck is not told, but neither is done
    if (needsAttention) return <Note tone="warn" icon={IconCircleDashed} text={t(stuck)} />
    return <Note tone="busy" icon={IconLoader} text={t(busy)} />
  }
  return (
    <div className={classes['marks']}>
      {lines.length > 0 && mark(restocked, ['return.restocked', 'return.restocking', 'return.notRestocked'])}
      {amount.amountMinor > 0 && mark(refunded, ['return.refunded', 'return.refunding', 'return.notRefunded'])}
    </div>
  )
}
