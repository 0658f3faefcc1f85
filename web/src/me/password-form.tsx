import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useRef } from 'react'
import { PasswordField } from '../auth/password-field.tsx'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { changePassword, sessionsKey } from './queries.ts'

const fields = ['/currentPassword', '/newPassword'] as const

export function PasswordForm({ email }: { readonly email: string }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const { mutate, error, isPending } = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      form.current?.reset()
      notice(t('me.passwordChanged'))
      return client.invalidateQueries({ queryKey: sessionsKey })
    },
  })
  const errors = useFieldErrors(error, fields)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    mutate({ currentPassword: fieldText(given, 'currentPassword'), newPassword: fieldText(given, 'newPassword') })
  }

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('me.passwordText')}
        </Text>
        <FormProblem error={error} others={errors.others} />
        {/* tells password managers whose passwords these are */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          name="currentPassword"
          autoComplete="current-password"
          label={t('me.currentPassword')}
          error={errors.at('/currentPassword')}
        />
        <PasswordField
          name="newPassword"
          autoComplete="new-password"
          label={t('me.newPassword')}
          description={t('auth.passwordHint')}
          error={errors.at('/newPassword')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isPending}>
            {t('me.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
