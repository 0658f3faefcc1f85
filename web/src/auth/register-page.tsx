import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { SubmitEvent } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextLink } from '../ui/links.tsx'
import { AuthCard } from './auth-card.tsx'
import { register } from './session.ts'
import { useGoOn } from './use-go-on.ts'

const fields = ['/name', '/email', '/password'] as const

export function RegisterPage() {
  const t = useText()
  const search = useSearch({ from: '/register' })
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) =>
      register(fieldText(form, 'name'), fieldText(form, 'email'), fieldText(form, 'password')),
    onSuccess: useGoOn(),
  })
  const errors = useFieldErrors(error, fields)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate(new FormData(event.currentTarget))
  }

  return (
    <AuthCard title={t('auth.register')} intro={t('auth.registerIntro')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={error} others={errors.others} />
          <TextInput name="name" autoComplete="name" label={t('auth.name')} error={errors.at('/name')} required />
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
            autoComplete="new-password"
            label={t('auth.password')}
            description={t('auth.passwordHint')}
            error={errors.at('/password')}
            aria-invalid={errors.at('/password') !== undefined || undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
            required
          />
          <Button type="submit" loading={isPending} fullWidth>
            {t('auth.register')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        {t('auth.haveAccount')}{' '}
        <TextLink to="/sign-in" search={search} size="sm" underline="always">
          {t('auth.signIn')}
        </TextLink>
      </Text>
    </AuthCard>
  )
}
