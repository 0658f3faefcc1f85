import { Stack } from '@mantine/core'
import { IconChevronRight, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import operations from '../operations/operations.module.css'
import { Note } from '../ui/note.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { MessageState } from './message-state.tsx'
import classes from './notifications.module.css'
import { type Campaign, campaignQuery } from './queries.ts'

/** How far it is; what became of its messages is counted for whoever opens it. */
export function CampaignRow({ campaign: { id, subject, text, queued, finishedAt, createdAt } }: Props) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <li className={operations['row']}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes['summary']}>
          <IconChevronRight size={16} aria-hidden className={operations['mark']} />
          <span className={operations['action']}>{subject}</span>
          <span className={operations['small']}>{t('campaigns.queued', { count: queued })}</span>
          {finishedAt === null ? (
            <Note tone="busy" icon={IconClock} text={t('campaigns.underWay')} />
          ) : (
            <Note tone="good" icon={IconCircleCheck} text={t('campaigns.finished')} />
          )}
          <span className={operations['small']}>
            <Time at={createdAt} />
          </span>
        </summary>
        <Stack gap="sm" className={operations['detail'] ?? ''}>
          <div className={classes['text']}>{text}</div>
          {isOpen && <Progress id={id} />}
        </Stack>
      </details>
    </li>
  )
}

type Props = { readonly campaign: Campaign }

function Progress({ id }: { readonly id: string }) {
  const t = useText()
  const { data, error, isPending, isError, refetch } = useQuery(campaignQuery(id))
  if (isPending) return <Loading rows={1} height={24} />
  if (isError) return <Failed error={error} retry={refetch} />
  if (data.messages.length === 0) return <span className={operations['small']}>{t('campaigns.noMessage')}</span>
  return (
    <ul className={classes['counts']} aria-label={t('campaigns.progress')}>
      {data.messages.map(({ status, count }) => (
        <li key={status}>
          <MessageState status={status} /> <span className="tabular">{count}</span>
        </li>
      ))}
    </ul>
  )
}
