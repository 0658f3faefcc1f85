import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { SubmitEvent } from 'react'
import { useMeta } from '../app/meta.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextLink } from '../ui/links.tsx'
import { AuthCard } from './auth-card.tsx'
import { type Credentials, DemoAccounts } from './demo-accounts.tsx'
import { signIn } from './session.ts'
import { useGoOn } from './use-go-on.ts'

const fields = ['/email', '/password'] as const

export function SignInPage() {
  const t = useText()
  const { demo } = useMeta()
  const goOn = useGoOn()
  const search = useSearch({ from: '/sign-in' })
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ email, password }: Credentials) => signIn(email, password),
    onSuccess: goOn,
  })
  const errors = useFieldErrors(error, fields)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ email: fieldText(form, 'email'), password: fieldText(form, 'password') })
  }

  return (
    <AuthCard title={t('auth.signIn')} intro={t('auth.signInIntro')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={error} others={errors.others} />
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
            autoComplete="current-password"
            label={t('auth.password')}
            error={errors.at('/password')}
            aria-invalid={errors.at('/password') !== undefined || undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
            required
          />
          <Button type="submit" loading={isPending} fullWidth>
            {t('auth.signIn')}
          </Button>
        </Stack>
      </form>
      {demo && <DemoAccounts onChoose={mutate} busy={isPending} />}
      <Text size="sm" ta="center">
        {t('auth.noAccount')}{' '}
        <TextLink to="/register" search={search} size="sm" underline="always">
          {t('auth.register')}
        </TextLink>
      </Text>
    </AuthCard>
  )
}
