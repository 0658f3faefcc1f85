import { IconCircleCheck, IconPlugConnectedX, IconPlayerPause } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'
import type { Endpoint } from './queries.ts'

/** Whether anything is sent there; an open breaker only delays. */
export function EndpointState({ endpoint: { disabled, breaker } }: { readonly endpoint: Endpoint }) {
  const t = useText()
  if (disabled !== null) return <Note tone="calm" icon={IconPlayerPause} text={t(`webhooks.by.${disabled.by}`)} />
  if (breaker.state === 'open') return <Note tone="bad" icon={IconPlugConnectedX} text={t('webhooks.breakerOpen')} />
  return <Note tone="good" icon={IconCircleCheck} text={t('webhooks.enabled')} />
}
