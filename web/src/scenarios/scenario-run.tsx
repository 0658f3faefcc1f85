import { Group, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { isOver } from '../http/contract.ts'
import { formatDuration } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { entryKey } from '../orders/queries.ts'
import { StatusBadge } from '../orders/status-badge.tsx'
import { useWatchedOrder } from '../orders/use-live-order.ts'
import { eventName } from '../saga/names.ts'
import { Bullet } from '../ui/bullet.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import type { Scenario } from './scenarios.ts'
import classes from './scenarios.module.css'

type Props = { readonly orderId: string; readonly scenario: Scenario }

/** What is expected, ticked off as it comes, beside what happens. */
export function ScenarioRun({ orderId, scenario }: Props) {
  const t = useText()
  const language = useLocale()
  const { order, timeline } = useWatchedOrder(orderId)
  const came = new Set(timeline.map(({ type }) => type))
  const begin = Date.parse(timeline[0]?.occurredAt ?? '')
  const isAsExpected = order?.status === scenario.end && scenario.events.every((type) => came.has(type))
  return (
    <>
      <div className={classes['expected']}>
        <Text size="sm" fw={600} mb={6}>
          {t('scenarios.expected')}
        </Text>
        <ol className={classes['events']}>
          {scenario.events.map((type) => (
            <li key={type} className={classes['event']} data-came={came.has(type) || undefined}>
              <Bullet state={came.has(type) ? 'done' : 'later'} done={t('scenarios.came')} />
              {eventName(t, { type, data: {} })}
            </li>
          ))}
        </ol>
      </div>
      <div className={classes['actual']}>
        <Group gap="sm" mb={8} role="status">
          <Text size="sm" fw={600}>
            {t('scenarios.actual')}
          </Text>
          {order && <StatusBadge status={order.status} />}
          {order && isOver(order.status) && (
            <Note
              tone={isAsExpected ? 'good' : 'bad'}
              icon={isAsExpected ? IconCircleCheck : IconCircleX}
              text={t(isAsExpected ? 'scenarios.asExpected' : 'scenarios.notAsExpected')}
            />
          )}
        </Group>
        <ol className={classes['events']}>
          {timeline.map((entry) => (
            <li key={entryKey(entry)} className={classes['happened']}>
              <span>{eventName(t, entry)}</span>
              <span className={classes['after']}>
                +{formatDuration(Date.parse(entry.occurredAt) - begin, language)}
              </span>
            </li>
          ))}
        </ol>
        <TextLink to="/orders/$orderId" params={{ orderId }} size="sm" mt="xs" display="inline-block">
          {t('scenarios.open')}
        </TextLink>
      </div>
    </>
  )
}
