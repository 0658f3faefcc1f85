import { Button, Group, Stack, Text } from '@mantine/core'
import { IconLock, IconLockOpen, IconLogout } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { StateNote } from './account-row.tsx'
import { type AccountDetail, accountQuery, accountsKey, changeAccount, endSessionsOf } from './queries.ts'
import { RoleForm } from './role-form.tsx'

type Props = { readonly id: string; readonly onClose: () => void }

export function AccountDialog({ id, onClose }: Props) {
  const t = useText()
  const { data, error, isError, isPending, refetch } = useQuery(accountQuery(id))
  return (
    <Dialog onClose={onClose} title={data ? t('accounts.changeNamed', { name: data.name }) : t('accounts.change')}>
      {isPending && <Loading rows={3} />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && <Levers account={data} />}
    </Dialog>
  )
}

/** What an admin may do to somebody's account; each of them signs it out everywhere. */
function Levers({ account }: { readonly account: AccountDetail }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const { id, name, email, disabled, liveSessions } = account
  const readAgain = () => client.invalidateQueries({ queryKey: accountsKey })
  const lock = useMutation({
    mutationFn: () => changeAccount(id, { disabled: !disabled }),
    onSuccess: (now) => {
      notice(t(now.disabled ? 'accounts.isDisabled' : 'accounts.isEnabled', { name }))
      return readAgain()
    },
  })
  const end = useMutation({
    mutationFn: () => endSessionsOf(id),
    onSuccess: () => {
      notice(t('accounts.signedOut', { name }))
      return readAgain()
    },
  })
  return (
    <Stack gap="lg">
      <Stack gap={4} align="flex-start">
        <Text style={{ overflowWrap: 'anywhere' }}>{email}</Text>
        <StateNote disabled={disabled} />
        <Text size="sm" c="dimmed">
          {t('accounts.sessions', { count: liveSessions })}
        </Text>
      </Stack>
      <Text size="sm">{t('accounts.endsSessions')}</Text>
      <RoleForm key={account.role} account={account} onChanged={readAgain} />
      <FormProblem error={lock.error ?? end.error} others={[]} />
      <Group gap="sm">
        <Button
          variant={disabled ? 'filled' : 'default'}
          leftSection={disabled ? <IconLockOpen size={16} aria-hidden /> : <IconLock size={16} aria-hidden />}
          loading={lock.isPending}
          onClick={() => lock.mutate()}
        >
          {t(disabled ? 'accounts.enable' : 'accounts.disable')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLogout size={16} aria-hidden />}
          loading={end.isPending}
          disabled={liveSessions === 0}
          onClick={() => end.mutate()}
        >
          {t('accounts.endSessions')}
        </Button>
      </Group>
    </Stack>
  )
}
