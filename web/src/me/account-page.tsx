import { Paper, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { MessageChoices } from './message-choices.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Sessions } from './sessions.tsx'

/** One's own account, whoever one is. */
export function AccountPage() {
  const t = useText()
  const user = useUser()
  return (
    <Page title={t('me.title')} intro={t('me.intro')} size={720}>
      {!user && <Over />}
      {user && (
        <>
          <Section title={t('me.profile')}>
            <ProfileForm key={user.id} user={user} />
          </Section>
          <Section title={t('me.password')}>
            <PasswordForm email={user.email} />
          </Section>
          {user.role === 'customer' && (
            <>
              <Section title={t('choices.title')}>
                <MessageChoices />
              </Section>
              <Section title={t('webhooks.title')}>
                <Text>{t('webhooks.inAccount')}</Text>
                <TextLink to="/webhooks">{t('webhooks.toMine')}</TextLink>
              </Section>
            </>
          )}
          <Sessions />
        </>
      )}
    </Page>
  )
}

/** Another device, or an admin, has ended this session. */
function Over() {
  const t = useText()
  return (
    <Empty
      icon={<IconLock size={28} />}
      title={t('problem.unauthenticated')}
      action={
        <ButtonLink to="/sign-in" search={{ next: '/account' }}>
          {t('auth.signIn')}
        </ButtonLink>
      }
    />
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={title}>
      <Stack gap="md">
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  )
}
