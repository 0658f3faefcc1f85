import { Group } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Change, changed } from '../app/search.ts'
import { type AuditSearch, readAuditSearch } from '../app/staff-search.ts'
import { auditOutcomes } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FilterSelect } from '../ui/filter-select.tsx'
import { FilterText } from '../ui/filter-text.tsx'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { AuditRows } from './audit-rows.tsx'
import { OperationsTabs } from './operations-tabs.tsx'
import { auditQuery } from './queries.ts'

const here = '/staff/audit'

/** Who did or tried what. The log itself is never changed, so neither is there anything to do here but look. */
export function AuditPage() {
  const t = useText()
  const search = useSearch({ from: here })
  const { data, error, isPending, isError, refetch } = useQuery({
    ...auditQuery(search),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('operations.audit')} intro={t('audit.intro')} above={<OperationsTabs />}>
      <AuditFilters search={search} error={error} />
      {isPending && <Loading rows={6} height={48} />}
      {isError && <Failed error={error} retry={refetch} />}
      {!isError && data?.items.length === 0 && (
        <Empty
          icon={<IconListSearch size={28} />}
          title={t('audit.none')}
          text={t('audit.noneHint')}
          action={
            <ButtonLink to={here} search={{}} variant="default">
              {t('audit.showAll')}
            </ButtonLink>
          }
        />
      )}
      {!isError && data && data.items.length > 0 && (
        <>
          <AuditRows lines={data.items} />
          <Pager to={here} search={search} nextCursor={data.nextCursor} />
        </>
      )}
    </Page>
  )
}

function AuditFilters({ search, error }: { readonly search: AuditSearch; readonly error: unknown }) {
  const t = useText()
  const navigate = useNavigate()
  const errors = useFieldErrors(error, ['/query/action', '/query/actorId', '/query/target'])
  const choose = (change: Change<AuditSearch>): void =>
    void navigate({ to: here, search: readAuditSearch(changed(search, change)) })
  return (
    <Group align="flex-start" gap="md" role="search" aria-label={t('audit.filters')}>
      <FilterSelect
        label={t('audit.outcome')}
        value={search.outcome}
        every={t('audit.everyOutcome')}
        options={auditOutcomes.map((outcome) => ({ value: outcome, label: t(`audit.${outcome}`) }))}
        onApply={(outcome) => choose({ outcome })}
        width={180}
      />
      <FilterText
        label={t('audit.action')}
        value={search.action}
        onApply={(action) => choose({ action })}
        error={errors.at('/query/action')}
        width={280}
      />
      <FilterText
        label={t('audit.actorId')}
        value={search.actorId}
        onApply={(actorId) => choose({ actorId })}
        error={errors.at('/query/actorId')}
        width={240}
      />
      <FilterText
        label={t('audit.target')}
        value={search.target}
        onApply={(target) => choose({ target })}
        error={errors.at('/query/target')}
        width={240}
      />
    </Group>
  )
}
