import { useMeta } from '../app/meta.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { Tabs } from '../ui/tabs.tsx'
import { areas } from './areas.ts'

/** The pages for those who keep the system running, as one; each sees those that are for them. */
export function OperationsTabs() {
  const t = useText()
  const user = useUser()
  const { demo } = useMeta()
  const tabs = areas
    .filter((area) => area.may(user) && (demo || !('demoOnly' in area)))
    .map(({ to, label }) => ({ to, text: t(label) }))
  return <Tabs label={t('nav.operations')} tabs={tabs} />
}
