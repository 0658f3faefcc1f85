import { Anchor, Loader, Paper, Text, Title } from '@mantine/core'
import { IconAlertTriangle, type Icon, IconPackage, IconPackageOff, IconTruckDelivery } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Order, Tracking } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import type { Tone } from '../ui/note.tsx'
import { Failed } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { trackingQuery } from './queries.ts'
import classes from './timeline.module.css'

type Event = Tracking['events'][number]

const looks: Readonly<Record<Event['status'], readonly [Tone, Icon]>> = {
  booked: ['calm', IconPackage],
  dispatched: ['busy', IconTruckDelivery],
  delivered: ['good', IconPackage],
  lost: ['bad', IconAlertTriangle],
  returned: ['warn', IconPackageOff],
  failed: ['bad', IconAlertTriangle],
  cancelled: ['calm', IconPackageOff],
}
const troubles: ReadonlySet<Event['status']> = new Set(['lost', 'returned', 'failed'])

/** The parcel's history as its carrier tells it, newest first. Nothing is shown before a parcel is booked. */
export function TrackingCard({ order }: { readonly order: Order }) {
  const t = useText()
  const isBooked = order.shipment?.['trackingNumber'] !== undefined
  const { data, error, isPending, refetch } = useQuery({ ...trackingQuery(order), enabled: isBooked })
  if (!isBooked || (isProblem(error) && error.status === 404)) return null
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('tracking.title')}
      </Title>
      {isPending && <Loader size="sm" />}
      {error && !data && <Failed error={error} retry={refetch} />}
      {data && troubles.has(data.status) && (
        <Text role="status" mb="md">
          {t('tracking.trouble')}
        </Text>
      )}
      {data?.events.length === 0 && <Text c="dimmed">{t('tracking.none')}</Text>}
      <ol className={classes['list']} reversed>
        {data?.events.toReversed().map((event) => (
          <Scan key={`${event.occurredAt} ${event.status} ${event.description ?? ''}`} event={event} />
        ))}
      </ol>
      {data?.labelUrl !== undefined && (
        <Anchor href={data.labelUrl} target="_blank" rel="noreferrer" size="sm" mt="md" display="inline-block">
          {t('tracking.label')}
        </Anchor>
      )}
    </Paper>
  )
}

function Scan({ event: { status, occurredAt, description, location } }: { readonly event: Event }) {
  const t = useText()
  const [tone, Symbol] = looks[status]
  return (
    <li className={classes['entry']}>
      <span className={classes['mark']} data-tone={tone}>
        <Symbol size={16} aria-hidden />
      </span>
      <div className={classes['body']}>
        <div className={classes['title']}>
          <strong>{t(`shipment.${status}`)}</strong>
          <span className={classes['when']}>
            <Time at={occurredAt} />
          </span>
        </div>
        {description !== undefined && <div className={classes['reason']}>{description}</div>}
        {location !== undefined && <div className={classes['actor']}>{location}</div>}
      </div>
    </li>
  )
}
