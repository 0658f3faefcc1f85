import { Button } from '@mantine/core'
import { IconMoodConfuzed } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

/** A bug of ours, or a part of the page that could not be loaded, as after a deployment. */
export function Crashed() {
  const t = useText()
  return (
    <Page title={t('crashed.title')}>
      <Empty
        icon={<IconMoodConfuzed size={28} />}
        title={t('crashed.title')}
        text={t('crashed.text')}
        action={<Button onClick={() => window.location.reload()}>{t('crashed.reload')}</Button>}
      />
    </Page>
  )
}
