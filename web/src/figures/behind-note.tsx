import { Alert, Group } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import type { OrderSearch } from '../app/search.ts'
import { formatTime } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { milestoneName, reasonName } from './milestone-name.ts'

/** Which orders a bar led to, above their list; nothing where none did. */
export function BehindNote({ search }: { readonly search: OrderSearch }) {
  const t = useText()
  const locale = useLocale()
  const { placedFrom, placedTo, reached, compensated, cursor: _, ...others } = search
  if (placedFrom === undefined && placedTo === undefined) return null
  const written = (at: string | undefined): string => (at === undefined ? '…' : formatTime(at, locale))
  const parts = [
    t('staff.placedBetween', { from: written(placedFrom), to: written(placedTo) }),
    ...(reached === undefined ? [] : [t('staff.reached', { name: milestoneName(t, reached) })]),
    ...(compensated === undefined ? [] : [t('staff.compensated', { name: reasonName(t, compensated) })]),
  ]
  return (
    <Alert variant="light" icon={<IconChartBar />}>
      <Group justify="space-between" gap="xs">
        <span>{parts.join(' · ')}</span>
        <TextLink to="/staff/orders" search={others} size="sm">
          {t('staff.anyTime')}
        </TextLink>
      </Group>
    </Alert>
  )
}
