import { Anchor, Group, Paper, Stack, Title } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { Order, Saga } from '../http/contract.ts'
import { formatMoney } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { ApprovalDecision, awaitsApproval } from '../staff/approval-decision.tsx'
import { DeadLettersNote } from '../staff/dead-letters-note.tsx'
import { Deadlines } from '../staff/deadlines.tsx'
import { Resolutions } from '../staff/resolutions.tsx'
import { SagaHealth } from '../staff/saga-health.tsx'
import { Copyable } from '../ui/copyable.tsx'
import { TextLink } from '../ui/links.tsx'
import classes from './order-cards.module.css'

/** What staff need to go on elsewhere: ids, the workflow's own page, and what waits for a person's decision. */
export function StaffCard({ order, saga }: { readonly order: Order; readonly saga: Saga | undefined }) {
  const t = useText()
  const admin = isAdmin(useUser())
  const amount = formatMoney(order.total, useLocale())
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2}>{t('staff.ids')}</Title>
          <Group gap="md">
            <TextLink to="/staff/orders/$orderId/clock" params={{ orderId: order.id }} size="sm">
              {t('clock.link')}
            </TextLink>
            {saga?.temporalUrl !== undefined && (
              <Anchor href={saga.temporalUrl} target="_blank" rel="noreferrer" size="sm">
                {t('staff.temporal')} <IconExternalLink size={14} aria-hidden style={{ verticalAlign: -2 }} />
              </Anchor>
            )}
          </Group>
        </Group>
        {saga && <SagaHealth orderId={order.id} saga={saga} />}
        {saga && <DeadLettersNote orderId={order.id} saga={saga} />}
        {admin && saga && awaitsApproval(saga) && <ApprovalDecision orderId={order.id} amount={amount} />}
        {admin && saga && <Deadlines orderId={order.id} saga={saga} amount={amount} />}
        <dl className={classes['facts']}>
          <dt>{t('staff.orderId')}</dt>
          <dd>
            <Copyable text={order.id} />
          </dd>
          <dt>{t('staff.customerId')}</dt>
          <dd>
            <Copyable text={order.customerId} />{' '}
            <TextLink to="/staff/orders" search={{ customer: order.customerId }} size="sm">
              {t('staff.theirOrders')}
            </TextLink>
          </dd>
          <dt>{t('staff.version')}</dt>
          <dd>{order.version}</dd>
        </dl>
        {admin && order.needsAttention && saga && <Resolutions orderId={order.id} saga={saga} amount={amount} />}
      </Stack>
    </Paper>
  )
}
