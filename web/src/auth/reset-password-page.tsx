import { Alert, Button } from '@mantine/core'
import { IconCircleCheck, IconLinkOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useRouteContext } from '@tanstack/react-router'
import { call } from '../http/client.ts'
import { isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { AuthCard } from './auth-card.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { forgetResetToken } from './reset-token.ts'
import { accessToken, renewSession, sessionState, signOut } from './session.ts'

/** Where the mailed link leads. */
export function ResetPasswordPage() {
  const t = useText()
  const { resetToken } = useRouteContext({ from: '/reset-password' })
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (newPassword: string) =>
      call('/v1/auth/reset-password', { method: 'POST', body: { token: resetToken, newPassword } }),
    onSuccess: async () => {
      forgetResetToken()
      // every session of the account has ended; the one of this browser may be of another account
      if (sessionState().kind === 'signedIn') await renewSession(accessToken())
    },
  })
  const isUseless = isProblem(error, 'invalid_reset_token')
  return (
    <AuthCard title={t('reset.title')} intro={t('reset.intro')}>
      {isSuccess && <Done />}
      {!isSuccess && (resetToken === undefined || isUseless) && (
        <>
          <Alert color="orange" icon={<IconLinkOff />} role="alert" title={t('reset.noLink')}>
            {t('reset.noLinkText')}
          </Alert>
          <ButtonLink to="/forgot-password">{t('reset.another')}</ButtonLink>
        </>
      )}
      {!isSuccess && resetToken !== undefined && !isUseless && (
        <NewPasswordForm error={error} isPending={isPending} onSubmit={mutate} />
      )}
    </AuthCard>
  )
}

function Done() {
  const t = useText()
  const navigate = useNavigate()
  /** Whoever is signed in here, the new password is what is typed next. */
  function goOn(): void {
    if (sessionState().kind === 'signedIn') void signOut()
    void navigate({ to: '/sign-in', replace: true })
  }
  return (
    <>
      <Alert icon={<IconCircleCheck />} role="status" title={t('reset.done')}>
        {t('reset.doneText')}
      </Alert>
      <Button onClick={goOn}>{t('auth.signIn')}</Button>
    </>
  )
}
