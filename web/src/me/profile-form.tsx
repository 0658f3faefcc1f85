import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { showUser } from '../auth/session.ts'
import type { User } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { rename } from './queries.ts'

export function ProfileForm({ user }: { readonly user: User }) {
  const t = useText()
  const notice = useNotice()
  const { mutate, error, isPending } = useMutation({
    mutationFn: rename,
    onSuccess: (renamed) => {
      showUser(renamed)
      notice(t('me.saved'))
    },
  })
  const errors = useFieldErrors(error, ['/name'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate(fieldText(new FormData(event.currentTarget), 'name').trim())
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem error={error} others={errors.others} />
        <TextInput
          name="name"
          autoComplete="name"
          label={t('auth.name')}
          defaultValue={user.name}
          error={errors.at('/name')}
          required
        />
        <div>
          <Text size="sm" fw={600}>
            {t('auth.email')}
          </Text>
          <Text style={{ overflowWrap: 'anywhere' }}>{user.email}</Text>
        </div>
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            {t('me.saveName')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
