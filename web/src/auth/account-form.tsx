import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'
import { useText } from '../i18n/use-text.ts'
import type { FieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'

type Props = {
  /** What its button says. */
  readonly action: string
  readonly error: unknown
  readonly errors: FieldErrors
  readonly isPending: boolean
  readonly onSubmit: (form: FormData) => void
  /** Said below the label of the password that is chosen here; without it, a known one is asked for. */
  readonly newPasswordHint?: string
  /** Fields above the email address. */
  readonly children?: ReactNode
}

/** Email address and password: what signing in and registering have in common. */
export function AccountForm({ action, error, errors, isPending, onSubmit, newPasswordHint, children }: Props) {
  const t = useText()
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem error={error} others={errors.others} />
        {children}
        <TextInput
          name="email"
          type="email"
          autoComplete="username"
          label={t('auth.email')}
          error={errors.at('/email')}
          required
        />
        <PasswordInput
          name="password"
          autoComplete={newPasswordHint === undefined ? 'current-password' : 'new-password'}
          label={t('auth.password')}
          description={newPasswordHint}
          error={errors.at('/password')}
          aria-invalid={errors.at('/password') !== undefined || undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
          required
        />
        <Button type="submit" loading={isPending} fullWidth>
          {action}
        </Button>
      </Stack>
    </form>
  )
}
