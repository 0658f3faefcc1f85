import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { readRole, roles } from '../app/account-search.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { changeAccount, type SomeAccount } from './queries.ts'

type Props = { readonly account: SomeAccount; readonly onChanged: () => unknown }

export function RoleForm({ account, onChanged }: Props) {
  const t = useText()
  const notice = useNotice()
  const [role, setRole] = useState(account.role)
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => changeAccount(account.id, { role }),
    onSuccess: (now) => {
      notice(t('accounts.isNow', { name: now.name, role: t(`accountRole.${now.role}`) }))
      return onChanged()
    },
  })
  const errors = useFieldErrors(error, ['/role'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <FormProblem error={error} others={errors.others} />
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <NativeSelect
            label={t('accounts.role')}
            value={role}
            onChange={({ currentTarget: { value } }) => setRole(readRole(value) ?? role)}
            data={roles.map((known) => ({ value: known, label: t(`accountRole.${known}`) }))}
            error={errors.at('/role')}
            flex={1}
          />
          <Button type="submit" variant="default" loading={isPending} disabled={role === account.role}>
            {t('accounts.changeRole')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
