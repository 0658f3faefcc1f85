import { Button, Group, NativeSelect, Paper, TextInput } from '@mantine/core'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useState } from 'react'
import { type AccountSearch, readRole, roles } from '../app/account-search.ts'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { More } from '../ui/more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { AccountRow } from './account-row.tsx'
import classes from './accounts.module.css'
import { AccountsTabs } from './accounts-tabs.tsx'
import { accountsQuery } from './queries.ts'

const here = '/staff/accounts'

/** Everybody who may sign in. What is looked for is in the address, so it survives a reload. */
export function AccountsPage() {
  const t = useText()
  const search = useSearch({ from: here })
  const navigate = useNavigate()
  const [typed, setTyped] = useState(search.q ?? '')
  const [openId, setOpenId] = useState<string>()
  const list = useInfiniteQuery(accountsQuery(search))
  const { data, error, isError, isPending, refetch } = list
  const errors = useFieldErrors(error, ['/query/q'])
  const accounts = itemsOf(data)

  useEffect(() => setTyped(search.q ?? ''), [search.q])
  function show({ role, q }: { readonly [name in keyof AccountSearch]: AccountSearch[name] | undefined }): void {
    void navigate({ to: here, search: { ...(role && { role }), ...(q !== undefined && q !== '' && { q }) } })
  }
  function find(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    show({ ...search, q: typed.trim() })
  }

  return (
    <Page title={t('nav.accounts')} intro={t('accounts.intro')} above={<AccountsTabs />}>
      <form onSubmit={find} role="search">
        <Group align="flex-end" gap="md">
          <Group align="flex-end" gap="xs" wrap="nowrap" w={{ base: '100%', xs: 'auto' }}>
            <TextInput
              label={t('accounts.search')}
              placeholder={t('accounts.searchHint')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={errors.at('/query/q')}
              maxLength={254}
              w={{ xs: 300 }}
              flex={{ base: 1, xs: 'none' }}
            />
            <Button type="submit" variant="default" leftSection={<IconSearch size={16} aria-hidden />}>
              {t('accounts.find')}
            </Button>
          </Group>
          <NativeSelect
            label={t('accounts.role')}
            value={search.role ?? ''}
            onChange={({ currentTarget: { value } }) => show({ ...search, role: readRole(value) })}
            data={[
              { value: '', label: t('accounts.everyRole') },
              ...roles.map((role) => ({ value: role, label: t(`accountRole.${role}`) })),
            ]}
            w={{ base: '100%', xs: 200 }}
          />
        </Group>
      </form>
      {isPending && <Loading rows={6} height={56} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && accounts.length === 0 && (
        <Empty icon={<IconUsers size={28} />} title={t('accounts.none')} text={t('accounts.noneHint')} />
      )}
      {accounts.length > 0 && (
        <Paper withBorder>
          <ul className={classes['rows']} aria-label={t('nav.accounts')}>
            {accounts.map((account) => (
              <AccountRow key={account.id} account={account} onOpen={() => setOpenId(account.id)} />
            ))}
          </ul>
        </Paper>
      )}
      <More of={list} />
      {openId !== undefined && <AccountDialog id={openId} onClose={() => setOpenId(undefined)} />}
    </Page>
  )
}
