import { Link } from '@tanstack/react-router'
import type { Figures } from '../http/contract.ts'
import { formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { Axes, chartHeight } from './axes.tsx'
import { Drawing } from './chart.tsx'
import classes from './figures.module.css'
import { behindPart, type Series } from './parts.ts'
import { ticksTo } from './scale.ts'
import { NumbersTable } from './numbers-table.tsx'
import { usePeriod } from './use-period.ts'

/** Orders over time: each bar leads to its orders. */
export function TimeBars({ figures, series }: { readonly figures: Figures; readonly series: Series }) {
  const t = useText()
  const locale = useLocale()
  const period = usePeriod(figures)
  const perMinute = series.values.map((value) => (value ?? 0) / figures.minutesPerPoint)
  const ticks = ticksTo(Math.max(0, ...perMinute), figures.minutesPerPoint === 1)
  const counts = series.values.map((value, part) => ({ part, count: value ?? 0 })).filter(({ count }) => count > 0)
  return (
    <>
      <Drawing height={chartHeight}>
        {(width) => (
          <Axes width={width} points={figures.points} ticks={ticks} format={(tick) => formatNumber(tick, locale)}>
            {({ x, y, perPart, base }) =>
              counts.map(({ part, count }) => (
                <Link
                  key={part}
                  to="/staff/orders"
                  search={behindPart(figures, part)}
                  tabIndex={-1}
                  className={classes['bar']}
                  data-part={part}
                >
                  <title>{`${period(part)}: ${t('figures.orders', { count })}`}</title>
                  <rect x={x(part)} y={0} width={perPart} height={base} fill="transparent" />
                  <rect
                    x={x(part) + Math.min(1, perPart / 8)}
                    y={y(perMinute[part] ?? 0)}
                    width={Math.max(1, perPart - 2 * Math.min(1, perPart / 8))}
                    height={base - y(perMinute[part] ?? 0)}
                    rx={Math.min(2, perPart / 4)}
                  />
                </Link>
              ))
            }
          </Axes>
        )}
      </Drawing>
      <NumbersTable
        caption={t('figures.placed')}
        head={[t('figures.orderCount')]}
        rows={counts.toReversed().map(({ part, count }) => ({
          key: part,
          name: (
            <TextLink to="/staff/orders" search={behindPart(figures, part)}>
              {period(part)}
            </TextLink>
          ),
          cells: [formatNumber(count, locale)],
        }))}
      />
    </>
  )
}
