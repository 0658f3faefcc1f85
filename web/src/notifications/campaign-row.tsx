import { IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import row from '../ui/folded-row.module.css'
import { FoldedRow } from '../ui/folded-row.tsx'
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
    <FoldedRow
      columns={classes['summary']}
      onToggle={setOpen}
      summary={
        <>
          <span className={row['name']}>{subject}</span>
          <span className={row['small']}>{t('campaigns.queued', { count: queued })}</span>
          {finishedAt === null ? (
            <Note tone="busy" icon={IconClock} text={t('campaigns.underWay')} />
          ) : (
            <Note tone="good" icon={IconCircleCheck} text={t('campaigns.finished')} />
          )}
          <span className={row['small']}>
            <Time at={createdAt} />
          </span>
        </>
      }
    >
      <div className={classes['text']}>{text}</div>
      {isOpen && <Progress id={id} />}
    </FoldedRow>
  )
}

type Props = { readonly campaign: Campaign }

function Progress({ id }: { readonly id: string }) {
  const t = useText()
  const { data, error, isPending, isError, refetch } = useQuery(campaignQuery(id))
  if (isPending) return <Loading rows={1} height={24} />
  if (isError) return <Failed error={error} retry={refetch} />
  if (data.messages.length === 0) return <span className={row['small']}>{t('campaigns.noMessage')}</span>
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
