import { Group } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type MessageSearch, messageStates, readMessageSearch } from '../app/operator-search.ts'
import { type Change, changed } from '../app/search.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FilterSelect } from '../ui/filter-select.tsx'
import { FilterText } from '../ui/filter-text.tsx'

type Props = { readonly search: MessageSearch; readonly error: unknown }

/** Each change begins at the newest page again. */
export function MessageFilters({ search, error }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const errors = useFieldErrors(error, ['/query/orderId', '/query/customerId'])
  const choose = (change: Change<MessageSearch>): void =>
    void navigate({
      to: '/staff/notifications',
      search: readMessageSearch(changed(search, change)),
      resetScroll: false,
    })
  return (
    <Group align="flex-start" gap="md" role="search" aria-label={t('told.filters')}>
      <FilterSelect
        label={t('told.status')}
        value={search.status}
        every={t('told.every')}
        options={messageStates.map((state) => ({ value: state, label: t(`told.state.${state}`) }))}
        onApply={(status) => choose({ status })}
        width={200}
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
