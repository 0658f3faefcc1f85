import { Anchor, Button, Group } from '@mantine/core'
import { IconArrowLeft, IconExternalLink, IconListSearch, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { NotFound } from '../app/not-found.tsx'
import { isOver } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { AttentionBadge } from '../orders/attention-badge.tsx'
import { shortId } from '../orders/queries.ts'
import { StatusBadge } from '../orders/status-badge.tsx'
import { useLiveOrder } from '../orders/use-live-order.ts'
import { ConnectionNote } from '../saga/connection-note.tsx'
import { ButtonLink, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { ClockFilters } from './clock-filters.tsx'
import { ClockHeadline } from './clock-headline.tsx'
import { ClockRows } from './clock-rows.tsx'
import { clockQuery } from './queries.ts'
import { rowsOf } from './rows.ts'

const here = '/staff/orders/$orderId/clock'

/** Everything around one order on one time axis, read again with each of its events. */
export function ClockPage() {
  const t = useText()
  const { orderId } = useParams({ from: here })
  const search = useSearch({ from: here })
  const { order, timeline, connection } = useLiveOrder(orderId)
  const isMoving = order.data !== undefined && !isOver(order.data.status)
  const { data, error, isError, isFetching, refetch } = useQuery(
    clockQuery(orderId, { events: timeline.data?.length ?? 0, isMoving }),
  )
  if (isProblem(error) && error.status === 404) return <NotFound />
  const rows = data === undefined ? [] : rowsOf(data.items, data.placedAt, search)
  return (
    <Page
      title={t('clock.title', { id: shortId(orderId) })}
      above={
        <TextLink to="/orders/$orderId" params={{ orderId }} size="sm" c="dimmed" w="fit-content">
          <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('clock.back')}
        </TextLink>
      }
      intro={
        order.data && (
          <Group gap="sm" mt={4}>
            <StatusBadge status={order.data.status} />
            {order.data.needsAttention && <AttentionBadge />}
            <ConnectionNote connection={connection} />
          </Group>
        )
      }
      aside={
        <Group gap="md">
          {data && (
            <Anchor href={data.temporalUrl} target="_blank" rel="noreferrer" size="sm">
              {t('staff.temporal')} <IconExternalLink size={14} aria-hidden style={{ verticalAlign: -2 }} />
            </Anchor>
          )}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={isFetching && data === undefined}
            onClick={() => void refetch()}
          >
            {t('clock.again')}
          </Button>
        </Group>
      }
    >
      {data === undefined && !isError && <Loading rows={8} height={48} />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && (
        <>
          <ClockHeadline orderId={orderId} clock={data} />
          <ClockFilters orderId={orderId} search={search} items={data.items} shown={rows.length} />
          {rows.length > 0 ? (
            <ClockRows rows={rows} />
          ) : (
            <Empty
              icon={<IconListSearch size={28} />}
              title={t('clock.none')}
              action={
                <ButtonLink to={here} params={{ orderId }} search={{}} variant="default">
                  {t('clock.all')}
                </ButtonLink>
              }
            />
          )}
        </>
      )}
    </Page>
  )
}
