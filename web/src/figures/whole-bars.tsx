import { Link } from '@tanstack/react-router'
import { Text } from '@mantine/core'
import type { Figures } from '../http/contract.ts'
import { formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './figures.module.css'
import { behindWhole, type Series } from './parts.ts'

type Props = {
  readonly figures: Figures
  readonly series: readonly Series[]
  /** What a full bar is. */
  readonly of: number
  readonly nameOf: (name: string) => string
  readonly whenNone: string
}

/** Numbers of the whole time, one bar each, with its part of all orders: each leads to its orders. */
export function WholeBars({ figures, series, of, nameOf, whenNone }: Props) {
  const t = useText()
  const locale = useLocale()
  if (series.length === 0 || of === 0) return <Text c="dimmed">{whenNone}</Text>
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <ul className={classes['bars']}>
      {series.map((one) => {
        const count = one.whole ?? 0
        return (
          <li key={one.name}>
            <Link to="/staff/orders" search={behindWhole(figures, one)} className={classes['row']}>
              <span className={classes['name']}>{nameOf(one.name)}</span>
              <span className={classes['count']} title={t('figures.orders', { count })}>
                {formatNumber(count, locale)}
                <span className={classes['share']}>{percent.format(count / of)}</span>
              </span>
              <svg width="100%" height="10" aria-hidden className={classes['track']}>
                <rect width="100%" height="10" rx="3" className={classes['empty']} />
                <rect width={`${(100 * count) / of}%`} height="10" rx="3" />
              </svg>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
