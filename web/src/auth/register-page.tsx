import { Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { TextLink } from '../ui/links.tsx'
import { AccountForm } from './account-form.tsx'
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

  return (
    <AuthCard title={t('auth.register')} intro={t('auth.registerIntro')}>
      <AccountForm
        action={t('auth.register')}
        {...{ error, errors, isPending }}
        onSubmit={mutate}
        newPasswordHint={t('auth.passwordHint')}
      >
        <TextInput name="name" autoComplete="name" label={t('auth.name')} error={errors.at('/name')} required />
      </AccountForm>
      <Text size="sm" ta="center">
        {t('auth.haveAccount')}{' '}
        <TextLink to="/sign-in" search={search} size="sm" underline="always">
          {t('auth.signIn')}
        </TextLink>
      </Text>
    </AuthCard>
  )
}
