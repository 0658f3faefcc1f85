import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { Order } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Failed, Loading } from '../ui/states.tsx'
import { leftOf, refundableOf } from './left.ts'
import { PayBack } from './pay-back.tsx'
import { ReturnEntry } from './return-entry.tsx'
import { SendBack } from './send-back.tsx'
import { useReturns } from './use-returns.ts'
import classes from './returns.module.css'

/** What was sent back, and what still can be; nothing before the order is delivered. */
export function ReturnsCard({ order }: { readonly order: Order }) {
  const t = useText()
  const staff = isStaff(useUser())
  const { data, error, isError, isPending, refetch } = useReturns(order)
  if (!order.actions.includes('return')) return null
  const hasGoods = data !== undefined && order.lines.some(({ sku }) => leftOf(order, data, sku) > 0)
  const hasMoney = data !== undefined && refundableOf(order, data).amountMinor > 0
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('returns.title')}>
      <Stack gap="md">
        <Title order={2}>{t('returns.title')}</Title>
        {isPending && <Loading rows={1} height={40} />}
        {isError && !data && <Failed error={error} retry={refetch} />}
        {data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(staff ? 'returns.noneStaff' : 'returns.none')}
          </Text>
        )}
        {data && data.length > 0 && (
          <ol className={classes['list']}>
            {data.map((one) => (
              <ReturnEntry key={one.number} order={order} one={one} isStaff={staff} />
            ))}
          </ol>
        )}
        {data && !hasGoods && (
          <Text size="sm" c="dimmed">
            {t('returns.allBack')}
          </Text>
        )}
        {data && (hasGoods || (staff && hasMoney)) && (
          <Group gap="sm" className={data.length > 0 ? (classes['more'] ?? '') : ''}>
            {hasGoods && <SendBack order={order} returns={data} />}
            {staff && hasMoney && <PayBack order={order} returns={data} />}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
