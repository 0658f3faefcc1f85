import { Paper } from '@mantine/core'
import type { ClockItem } from '../http/contract.ts'
import { formatDuration, formatExactClock, formatTime, formatUtc } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import cards from '../orders/order-cards.module.css'
import { Copyable } from '../ui/copyable.tsx'
import { RawData } from '../ui/raw-data.tsx'
import classes from './clock.module.css'
import type { ClockRow } from './rows.ts'
import { SourceLabel } from './source-look.tsx'

/** The time axis, oldest on top. */
export function ClockRows({ rows }: { readonly rows: readonly ClockRow[] }) {
  const t = useText()
  const language = useLocale()
  return (
    <Paper withBorder>
      <ol className={classes['axis']} aria-label={t('clock.items')}>
        {rows.map(({ key, item, sinceMs, restMs }, index) => (
          <li key={`${key}${index}`} className={classes['row']} data-source={item.source} data-minor={item.minor}>
            {restMs !== undefined && (
              <div className={classes['rest']}>{t('clock.later', { duration: formatDuration(restMs, language) })}</div>
            )}
            <Moment at={item.at} sinceMs={sinceMs} />
            <span className={classes['label']}>
              <SourceLabel source={item.source} />
            </span>
            <Entry item={item} />
          </li>
        ))}
      </ol>
    </Paper>
  )
}

function Entry({ item }: { readonly item: ClockItem }) {
  const t = useText()
  const { what, ids, raw, source, at } = item
  const { topic, partition, offset } = ids
  const isPlaced = topic !== undefined && partition !== undefined && offset !== undefined
  return (
    <div className={classes['entry']}>
      {/* the API's own words, in English wherever they are read */}
      <div className={classes['what']} lang="en">
        {what}
      </div>
      {source === 'kafka' && (
        <div className={classes['place']}>
          {isPlaced ? t('clock.place', { topic, partition, offset }) : t('clock.noPlace')}
        </div>
      )}
      <RawData data={raw} of={`${what}, ${formatUtc(at)} ${Object.values(ids).join(' ')}`}>
        <dl className={`${cards['facts'] ?? ''} ${classes['ids'] ?? ''}`}>
          {Object.entries(ids).map(([name, id]) => (
            <div key={name} className={classes['id']}>
              <dt>{name}</dt>
              <dd>
                <Copyable text={id} />
              </dd>
            </div>
          ))}
        </dl>
      </RawData>
    </div>
  )
}

const halfDayMs = 12 * 3600_000

/** In the reader's own zone and since the order was placed; the same in UTC on hover. */
function Moment({ at, sinceMs }: { readonly at: string; readonly sinceMs: number }) {
  const language = useLocale()
  const isNear = Math.abs(sinceMs) < halfDayMs
  return (
    <div className={classes['moment']}>
      <time dateTime={at} title={formatUtc(at)} className="tabular">
        {isNear ? formatExactClock(at, language) : formatTime(at, language)}
      </time>
      <span className={classes['since']}>
        {sinceMs < 0 ? '−' : '+'}
        {formatDuration(Math.abs(sinceMs), language)}
      </span>
    </div>
  )
}
