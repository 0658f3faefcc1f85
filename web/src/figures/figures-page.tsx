import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { shownHours } from '../app/staff-search.ts'
import type { Figures } from '../http/contract.ts'
import { formatDuration, formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { Page } from '../ui/page.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import tabs from '../ui/tabs.module.css'
import { Chart } from './chart.tsx'
import classes from './figures.module.css'
import { milestoneName, reasonName } from './milestone-name.ts'
import { seriesOf } from './parts.ts'
import { figuresQuery } from './queries.ts'
import { ticksOfTime, ticksTo } from './scale.ts'
import { TimeBars } from './time-bars.tsx'
import { TimeLines } from './time-lines.tsx'
import { WholeBars } from './whole-bars.tsx'

/** How the last hours went, drawn. */
export function FiguresPage() {
  const t = useText()
  const { hours = 1 } = useSearch({ from: '/staff/figures' })
  const { data, error, isPending, isError, refetch } = useQuery(figuresQuery(hours))
  return (
    <Page
      title={t('operations.figures')}
      intro={t('figures.intro')}
      above={<OperationsTabs />}
      aside={
        <nav aria-label={t('figures.hours')} className={tabs['tabs']}>
          {shownHours.map((one) => (
            <Link
              key={one}
              to="/staff/figures"
              search={one === 1 ? {} : { hours: one }}
              className={tabs['tab']}
              activeOptions={{ exact: true }}
              replace
            >
              {t('figures.lastHours', { count: one })}
            </Link>
          ))}
        </nav>
      }
    >
      {isPending && <Loading rows={3} height={220} />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && <Charts figures={data} />}
    </Page>
  )
}

function Charts({ figures }: { readonly figures: Figures }) {
  const t = useText()
  const locale = useLocale()
  const [placed] = seriesOf(figures, 'placed')
  const all = placed?.whole ?? 0
  const compensations = seriesOf(figures, 'compensations')
  const number = (value: number): string => formatNumber(value, locale)
  const milestone = (name: string): string => milestoneName(t, name)
  const whole = { figures, of: all, whenNone: t('figures.noOrders') }
  return (
    <div className={classes['charts']}>
      <Chart
        title={t('figures.placed')}
        text={t('figures.placedText', { count: all, number: number(all) })}
        size="wide"
      >
        {placed && <TimeBars figures={figures} series={placed} />}
      </Chart>
      <Chart title={t('figures.funnel')} text={t('figures.funnelText')} size="tall">
        <WholeBars {...whole} series={seriesOf(figures, 'funnel')} nameOf={milestone} />
      </Chart>
      <Chart title={t('figures.outcomes')} text={t('figures.outcomesText')}>
        <WholeBars {...whole} series={seriesOf(figures, 'outcomes')} nameOf={milestone} />
      </Chart>
      <Chart title={t('figures.compensations')} text={t('figures.compensationsText')}>
        <WholeBars
          {...whole}
          series={compensations}
          nameOf={(name) => reasonName(t, name)}
          whenNone={t('figures.noCompensations')}
        />
      </Chart>
      <Chart title={t('figures.confirmedAfter')} text={t('figures.confirmedAfterText')} size="wide">
        <TimeLines
          figures={figures}
          lines={seriesOf(figures, 'confirmedAfter')}
          caption={t('figures.confirmedAfter')}
          nameOf={(name) => name}
          ticksFor={ticksOfTime}
          format={(ms) => formatDuration(ms, locale)}
        />
      </Chart>
      <Chart title={t('figures.lag')} text={t('figures.lagText')}>
        <TimeLines
          figures={figures}
          lines={seriesOf(figures, 'lag')}
          caption={t('figures.lag')}
          nameOf={(name) => name}
          ticksFor={(highest) => ticksTo(highest, true)}
          format={number}
        />
      </Chart>
      <Chart title={t('operations.letters')} text={t('figures.lettersText')}>
        <TimeLines
          figures={figures}
          lines={seriesOf(figures, 'deadLetters')}
          caption={t('operations.letters')}
          nameOf={(name) => name}
          ticksFor={(highest) => ticksTo(highest, true)}
          format={number}
        />
      </Chart>
    </div>
  )
}
