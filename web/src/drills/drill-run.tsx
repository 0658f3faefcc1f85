import { Paper, Text, Title } from '@mantine/core'
import { IconHelpCircle, IconLoader } from '@tabler/icons-react'
import { formatDuration, formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Bullet } from '../ui/bullet.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { DrillVerdict } from './drill-verdict.tsx'
import classes from './drills.module.css'
import { phaseRows } from './phases.ts'
import type { DrillRun as Run } from './queries.ts'

/** One drill as it goes on, then what came of it. */
export function DrillRun({ run }: { readonly run: Run }) {
  const t = useText()
  const { drill, ordersPerSecond, verdict, failure, phase } = run
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('drills.latest')}>
      <div className={classes['head']}>
        <Title order={2}>{t(`drill.${drill}`)}</Title>
        <Text c="dimmed" size="sm">
          {t('drills.rate', { count: ordersPerSecond })}
        </Text>
        <span role="status">
          {phase !== 'over' && <Note tone="busy" icon={IconLoader} text={t(`drills.phase.${phase}`)} filled />}
          {failure !== null && <Note tone="warn" icon={IconHelpCircle} text={t('drills.failed')} filled />}
        </span>
      </div>
      {phase !== 'over' && <Phases phase={phase} />}
      <Counts run={run} />
      {failure !== null && (
        <Text size="sm" mt="sm" lang="en">
          {failure}
        </Text>
      )}
      {verdict && <DrillVerdict drill={drill} verdict={verdict} />}
    </Paper>
  )
}

function Phases({ phase: at }: { readonly phase: Run['phase'] }) {
  const t = useText()
  return (
    <ol className={classes['phases']} aria-label={t('drills.phases')}>
      {phaseRows(at).map(({ phase, state }) => (
        <li key={phase} data-state={state} {...(state === 'now' && { 'aria-current': 'step' as const })}>
          <Bullet state={state} done={t('drills.done')} />
          {t(`drills.phase.${phase}`)}
        </li>
      ))}
    </ol>
  )
}

function Counts({ run: { orders, recoveredAfterMs, betweenStepsOf } }: { readonly run: Run }) {
  const t = useText()
  const language = useLocale()
  const counts = [
    ['drills.placed', orders.placed],
    ['drills.ended', orders.ended],
    ['drills.open', orders.open],
  ] as const
  return (
    <dl className={classes['counts']}>
      {counts.map(([label, count]) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd className="tabular">{formatNumber(count, language)}</dd>
        </div>
      ))}
      {recoveredAfterMs !== null && (
        <div>
          <dt>{t('drills.recovered')}</dt>
          <dd className="tabular">{formatDuration(recoveredAfterMs, language)}</dd>
        </div>
      )}
      {betweenStepsOf !== null && (
        <div>
          <dt>{t('drills.between')}</dt>
          <dd>
            <TextLink to="/staff/orders/$orderId/clock" params={{ orderId: betweenStepsOf }} size="sm">
              {betweenStepsOf.slice(0, 8)}
            </TextLink>
          </dd>
        </div>
      )}
    </dl>
  )
}
