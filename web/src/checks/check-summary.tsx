import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconLoader } from '@tabler/icons-react'
import { formatDuration } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import type { CheckRun, Checks } from './queries.ts'

/** One line, told to those who can't see it too when it changes. */
export function CheckSummary({ last, isRunning }: { readonly last: Checks['last']; readonly isRunning: boolean }) {
  const t = useText()
  return (
    <div role="status">
      {isRunning && <Note tone="busy" icon={IconLoader} text={t('checks.underWay')} filled />}
      {!isRunning && last && <Last run={last} />}
    </div>
  )
}

function Last({ run: { outcome, invariants, beganAt, endedAt } }: { readonly run: CheckRun }) {
  const t = useText()
  const language = useLocale()
  const count = invariants.reduce((sum, one) => sum + one.count, 0)
  return (
    <>
      {outcome === 'clean' && <Note tone="good" icon={IconCircleCheck} text={t('checks.clean')} filled />}
      {outcome === 'findings' && (
        <Note tone="bad" icon={IconAlertTriangle} text={t('checks.findings', { count })} filled />
      )}
      {outcome === 'failed' && <Note tone="warn" icon={IconHelpCircle} text={t('checks.failed')} filled />}
      <Text size="sm" c="dimmed" mt={6}>
        {t('checks.endedAt')} <Time at={endedAt} />
        {' · '}
        {t('checks.took', { time: formatDuration(Date.parse(endedAt) - Date.parse(beganAt), language) })}
      </Text>
    </>
  )
}
