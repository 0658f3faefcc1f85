import { useText } from '../i18n/use-text.ts'
import { Tabs } from '../ui/tabs.tsx'
import { areas } from './areas.ts'

/** The pages about who may come in, as one. */
export function AccountsTabs() {
  const t = useText()
  return <Tabs label={t('nav.accounts')} tabs={areas.map(({ to, label }) => ({ to, text: t(label) }))} />
}
