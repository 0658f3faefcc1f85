import { Group, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type MessageSearch, messageStates } from '../app/operator-search.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FilterText, halfWidth } from '../ui/filter-text.tsx'

type Props = { readonly search: MessageSearch; readonly error: unknown }

/** Each change begins at the newest page again. */
export function MessageFilters({ search, error }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const errors = useFieldErrors(error, ['/query/orderId', '/query/customerId'])
  const { cursor: _, ...filter } = search
  function choose(change: { readonly [name in keyof MessageSearch]?: string | undefined }): void {
    const given = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== '')
    void navigate({ to: '/staff/notifications', search: Object.fromEntries(given), resetScroll: false })
  }
  return (
    <Group align="flex-start" gap="md" role="search" aria-label={t('told.filters')}>
      <NativeSelect
        label={t('told.status')}
        value={search.status ?? ''}
        onChange={({ currentTarget: { value } }) => choose({ status: value })}
        data={[
          { value: '', label: t('told.every') },
          ...messageStates.map((state) => ({ value: state, label: t(`told.state.${state}`) })),
        ]}
        w={{ base: halfWidth, xs: 200 }}
      />
      <FilterText
        label={t('letters.orderId')}
        value={search.orderId}
        onApply={(orderId) => choose({ orderId })}
        error={errors.at('/query/orderId')}
        width={300}
        alone
      />
      <FilterText
        label={t('told.customerId')}
        value={search.customerId}
        onApply={(customerId) => choose({ customerId })}
        error={errors.at('/query/customerId')}
        width={300}
        alone
      />
    </Group>
  )
}
