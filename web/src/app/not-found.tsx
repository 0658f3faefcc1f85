import { IconCompassOff } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

export function NotFound() {
  const t = useText()
  return (
    <Page title={t('notFound.title')}>
      <Empty
        icon={<IconCompassOff size={28} />}
        title={t('notFound.heading')}
        text={t('notFound.text')}
        action={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}
      />
    </Page>
  )
}
