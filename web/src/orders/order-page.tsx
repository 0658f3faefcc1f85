import { Grid, Group, Stack } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { ReturnsCard } from '../returns/returns-card.tsx'
import { SagaPanel } from '../saga/saga-panel.tsx'
import { TextLink } from '../ui/links.tsx'
import { isMissing, NotThere } from '../ui/not-there.tsx'
import { Page } from '../ui/page.tsx'
import { Time } from '../ui/time.tsx'
import { AnotherMethod } from './another-method.tsx'
import { AttentionBadge } from './attention-badge.tsx'
import { CancelOrder } from './cancel-order.tsx'
import { DeliveryCard } from './delivery-card.tsx'
import { FailureNote } from './failure-note.tsx'
import { LinesCard } from './lines-card.tsx'
import { shortId } from './queries.ts'
import { StaffCard } from './staff-card.tsx'
import { StatusBadge } from './status-badge.tsx'
import { Timeline } from './timeline.tsx'
import { TrackingCard } from './tracking-card.tsx'
import { useLiveOrder } from './use-live-order.ts'

export function OrderPage() {
  const t = useText()
  const { orderId } = useParams({ from: '/orders/$orderId' })
  const staff = isStaff(useUser())
  const { order, saga, timeline, connection } = useLiveOrder(orderId)
  const title = t('order.title', { id: shortId(orderId) })
  const back = (
    <TextLink to={staff ? '/staff/orders' : '/orders'} size="sm" c="dimmed" w="fit-content">
      <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t(staff ? 'nav.orders' : 'orders.mine')}
    </TextLink>
  )

  if (!order.data || isMissing(order.error)) return <NotThere query={order} title={title} above={back} />
  const { data } = order
  return (
    <Page
      title={title}
      above={back}
      intro={
        <Group gap="sm" mt={4}>
          <span role="status">
            <StatusBadge status={data.status} />
          </span>
          {data.needsAttention && <AttentionBadge />}
          <span>
            {t('order.placedAt')} <Time at={data.placedAt} />
          </span>
        </Group>
      }
      aside={<CancelOrder order={data} />}
    >
      {data.failure && <FailureNote order={data} />}
      <AnotherMethod order={data} />
      <SagaPanel saga={saga} connection={connection} updatedAt={data.updatedAt} />
      {staff && <StaffCard order={data} saga={saga.data} />}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Timeline entries={timeline} placedAt={data.placedAt} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Stack gap="xl">
            <LinesCard order={data} />
            <ReturnsCard order={data} />
            <DeliveryCard order={data} />
            <TrackingCard order={data} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  )
}
