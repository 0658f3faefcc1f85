import { Checkbox, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ClockSearch, sourcesOf } from '../app/staff-search.ts'
import { type ClockItem, clockSources } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './clock.module.css'
import { countsOf } from './rows.ts'
import { SourceLabel } from './source-look.tsx'

type Props = {
  readonly orderId: string
  readonly search: ClockSearch
  readonly items: readonly ClockItem[]
  readonly shown: number
}

/** What is chosen stays in the address, to be passed on. */
export function ClockFilters({ orderId, search, items, shown }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const chosen = sourcesOf(search)
  const counts = countsOf(items.filter(({ minor }) => minor !== true || search.minor === true))
  const show = (next: ClockSearch): void =>
    void navigate({ to: '/staff/orders/$orderId/clock', params: { orderId }, search: next, replace: true })
  const minor = search.minor === true && { minor: true as const }
  return (
    <Group gap="md" role="search" aria-label={t('clock.filters')}>
      <div className={classes['filters']}>
        {clockSources.map((source) => (
          <Checkbox
            key={source}
            styles={{ body: { alignItems: 'center' } }}
            checked={chosen.includes(source)}
            disabled={!counts.has(source) && !chosen.includes(source)}
            onChange={({ currentTarget: { checked } }) => {
              const wanted = clockSources.filter((one) => (one === source ? checked : chosen.includes(one)))
              show({ ...(wanted.length > 0 && { sources: wanted.join(',') }), ...minor })
            }}
            label={
              <>
                <SourceLabel source={source} /> ({counts.get(source) ?? 0})
              </>
            }
          />
        ))}
      </div>
      <Checkbox
        label={t('clock.minor')}
        checked={search.minor === true}
        onChange={({ currentTarget: { checked } }) =>
          show({ ...(chosen.length > 0 && { sources: chosen.join(',') }), ...(checked && { minor: true }) })
        }
      />
      <Text size="sm" c="dimmed" role="status">
        {t('clock.count', { count: shown })}
      </Text>
    </Group>
  )
}
