import { Paper, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { TimelineEntry } from '../http/contract.ts'
import { formatDuration } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { actorName, eventName } from '../saga/names.ts'
import { reasonText } from '../saga/reason.ts'
import { RawData } from '../ui/raw-data.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { lookOf } from './event-look.ts'
import { entryKey, isOfReturns } from './queries.ts'
import classes from './timeline.module.css'

type Props = {
  readonly entries: UseQueryResult<readonly TimelineEntry[]>
  readonly placedAt: string
}

/** Every event, newest first. */
export function Timeline({ entries, placedAt }: Props) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('timeline.title')}
      </Title>
      {entries.isPending && <Loading rows={4} height={40} />}
      {entries.isError && !entries.data && <Failed error={entries.error} retry={entries.refetch} />}
      <ol className={classes['list']} reversed>
        {entries.data?.toReversed().map((entry) => (
          <Entry key={entryKey(entry)} entry={entry} placedAt={placedAt} />
        ))}
      </ol>
    </Paper>
  )
}

function Entry({ entry, placedAt }: { readonly entry: TimelineEntry; readonly placedAt: string }) {
  const t = useText()
  const language = useLocale()
  const { tone, icon: Symbol } = lookOf(entry.type)
  const after = Date.parse(entry.occurredAt) - Date.parse(placedAt)
  const { reason, note } = entry.data
  return (
    <li className={classes['entry']}>
      <span className={classes['mark']} data-tone={tone}>
        <Symbol size={16} aria-hidden />
      </span>
      <div className={classes['body']}>
        <div className={classes['title']}>
          <strong>{eventName(t, entry)}</strong>
          <span className={classes['when']}>
            {/* days may lie before a return: its clock alone says nothing */}
            <Time at={entry.occurredAt} clock={!isOfReturns(entry)} />
            {after > 0 && !isOfReturns(entry) && (
              <span className={classes['after']}>+{formatDuration(after, language)}</span>
            )}
          </span>
        </div>
        <div className={classes['actor']}>{actorName(t, entry.actor)}</div>
        {isReason(reason) && <div className={classes['reason']}>{reasonText(t, reason)}</div>}
        {typeof note === 'string' && <div className={classes['reason']}>{t('timeline.note', { note })}</div>}
        <RawData data={{ sequence: entry.sequence, type: entry.type, ...entry.data }} />
      </div>
    </li>
  )
}

const isReason = (reason: unknown): reason is { readonly code: string; readonly message: string } =>
  typeof reason === 'object' &&
  reason !== null &&
  'code' in reason &&
  typeof reason.code === 'string' &&
  'message' in reason &&
  typeof reason.message === 'string'
