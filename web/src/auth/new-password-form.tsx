import { Button, Stack } from '@mantine/core'
import type { SubmitEvent } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { PasswordField } from './password-field.tsx'

type Props = {
  readonly error: unknown
  readonly isPending: boolean
  readonly onSubmit: (newPassword: string) => void
}

export function NewPasswordForm({ error, isPending, onSubmit }: Props) {
  const t = useText()
  const errors = useFieldErrors(error, ['/newPassword'])
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    onSubmit(fieldText(new FormData(event.currentTarget), 'newPassword'))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem error={error} others={errors.others} />
        <PasswordField
          name="newPassword"
          autoComplete="new-password"
          label={t('me.newPassword')}
          description={t('auth.passwordHint')}
          error={errors.at('/newPassword')}
        />
        <Button type="submit" loading={isPending} fullWidth>
          {t('reset.set')}
        </Button>
      </Stack>
    </form>
  )
}
