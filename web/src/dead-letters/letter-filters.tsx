import { Group, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type Change, changed } from '../app/search.ts'
import { type LetterSearch, readLetterSearch } from '../app/staff-search.ts'
import { consumerGroups, letterStates } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FilterSelect } from '../ui/filter-select.tsx'
import { FilterText, halfWidth } from '../ui/filter-text.tsx'

type Props = { readonly search: LetterSearch; readonly error: unknown }

/** Each change begins at the newest page again. */
export function LetterFilters({ search, error }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const errors = useFieldErrors(error, ['/query/orderId', '/query/type', '/query/cause'])
  const choose = (change: Change<LetterSearch>): void =>
    void navigate({ to: '/staff/dead-letters', search: readLetterSearch(changed(search, change)) })
  return (
    <Group align="flex-start" gap="md" role="search" aria-label={t('letters.filters')}>
      <NativeSelect
        label={t('letters.state')}
        value={search.state ?? 'open'}
        onChange={({ currentTarget: { value } }) => choose({ state: value })}
        data={[
          ...letterStates.map((state) => ({ value: state, label: t(`letterState.${state}`) })),
          { value: 'all', label: t('letters.everyState') },
        ]}
        w={{ base: halfWidth, xs: 150 }}
      />
      <FilterSelect
        label={t('letters.group')}
        value={search.group}
        every={t('letters.everyGroup')}
        options={consumerGroups}
        onApply={(group) => choose({ group })}
        width={150}
      />
      <FilterText
        label={t('letters.type')}
        value={search.type}
        onApply={(type) => choose({ type })}
        error={errors.at('/query/type')}
        width={180}
      />
      <FilterText
        label={t('letters.cause')}
        value={search.cause}
        onApply={(cause) => choose({ cause })}
        error={errors.at('/query/cause')}
        width={190}
      />
      <FilterText
        label={t('letters.orderId')}
        value={search.orderId}
        onApply={(orderId) => choose({ orderId })}
        error={errors.at('/query/orderId')}
        width={300}
        alone
      />
    </Group>
  )
}
