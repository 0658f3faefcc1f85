import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { call } from '../http/client.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextLink } from '../ui/links.tsx'
import { AuthCard } from './auth-card.tsx'

/** Says the same of every address: whether somebody has an account here is nobody else's business. */
export function ForgotPasswordPage() {
  const t = useText()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async (email: string) => {
      await call('/v1/auth/forgotten-password', { method: 'POST', body: { email } })
      return email
    },
  })
  const errors = useFieldErrors(error, ['/email'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate(fieldText(new FormData(event.currentTarget), 'email').trim())
  }

  return (
    <AuthCard title={t('forgot.title')} intro={t('forgot.intro')}>
      {data !== undefined && (
        <Alert icon={<IconMailForward />} role="status" title={t('forgot.sent')}>
          {t('forgot.sentText', { email: data })}
        </Alert>
      )}
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
          <Button type="submit" loading={isPending} variant={data === undefined ? 'filled' : 'default'} fullWidth>
            {t(data === undefined ? 'forgot.send' : 'forgot.sendAgain')}
          </Button>
        </Stack>
      </form>
      <Text size="sm" ta="center">
        <TextLink to="/sign-in" size="sm" underline="always">
          {t('forgot.back')}
        </TextLink>
      </Text>
    </AuthCard>
  )
}
