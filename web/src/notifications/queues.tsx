import { useQuery } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { Failed } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import classes from './notifications.module.css'
import { queuesQuery } from './queries.ts'

/** What waits, by lane: a campaign never keeps a message about an order waiting. */
export function Queues() {
  const t = useText()
  const { data, error, isError, refetch } = useQuery(queuesQuery)
  if (isError && !data) return <Failed error={error} retry={refetch} />
  return (
    <ul className={classes['queues']} aria-label={t('told.queues')}>
      {data?.map(({ lane, waiting, oldestAt }) => (
        <li key={lane} className={classes['queue']}>
          <strong>{t(`told.lane.${lane}`)}</strong>
          <span>{t('told.waiting', { count: waiting })}</span>
          {oldestAt !== null && (
            <span className={classes['small']}>
              {t('told.oldest')} <Time at={oldestAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
