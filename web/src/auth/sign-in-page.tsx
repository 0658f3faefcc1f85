import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMeta } from '../app/meta.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { TextLink } from '../ui/links.tsx'
import { AccountForm } from './account-form.tsx'
import { AuthCard } from './auth-card.tsx'
import { type Credentials, DemoAccounts } from './demo-accounts.tsx'
import { signIn } from './session.ts'
import { useGoOn } from './use-go-on.ts'
import { useSession } from './use-session.ts'

const fields = ['/email', '/password'] as const

export function SignInPage() {
  const t = useText()
  const { demo } = useMeta()
  const goOn = useGoOn()
  const search = useSearch({ from: '/sign-in' })
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ email, password }: Credentials) => signIn(email, password),
  })
  // by this form, or as a session that could not be renewed at first is renewed after all
  const session = useSession()
  useEffect(() => {
    if (session.kind === 'signedIn') goOn(session.user)
  })
  const errors = useFieldErrors(error, fields)

  const submit = (form: FormData) => mutate({ email: fieldText(form, 'email'), password: fieldText(form, 'password') })

  return (
    <AuthCard title={t('auth.signIn')} intro={t('auth.signInIntro')}>
      <AccountForm action={t('auth.signIn')} {...{ error, errors, isPending }} onSubmit={submit} />
      <TextLink to="/forgot-password" size="sm" underline="always" ta="center">
        {t('forgot.link')}
      </TextLink>
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
