import { List, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { hasText } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import classes from './drills.module.css'
import type { DrillName, Verdict } from './queries.ts'

type Props = { readonly drill: DrillName; readonly verdict: Verdict }

/** Expected, happened, and whether what always holds still does. */
export function DrillVerdict({ drill, verdict }: Props) {
  const t = useText()
  const { isAsExpected, faults } = verdict
  return (
    <>
      <div role="status">
        <Note
          tone={isAsExpected ? 'good' : 'bad'}
          icon={isAsExpected ? IconCircleCheck : IconCircleX}
          text={t(isAsExpected ? 'drills.asExpected' : 'drills.notAsExpected')}
          filled
        />
      </div>
      <div className={classes['verdict']}>
        <div>
          <Title order={3}>{t('drills.expected')}</Title>
          <Text size="sm">{t(`drill.${drill}.expected`)}</Text>
          <Text size="sm" mt={6}>
            {t('drills.expectedAlways')}
          </Text>
        </div>
        <Happened verdict={verdict} />
        <Invariants verdict={verdict} />
      </div>
      {faults.length > 0 && (
        <List size="sm" mt="md" lang="en" className={classes['faults']}>
          {faults.map((fault, index) => (
            <List.Item key={`${index} ${fault}`}>{fault}</List.Item>
          ))}
        </List>
      )}
    </>
  )
}

function Happened({ verdict: { ends, lost, doubled, wronglyEnded, timedOut } }: Pick<Props, 'verdict'>) {
  const t = useText()
  const nameOf = (status: string): string => {
    const key = `status.${status}`
    return hasText(key) ? t(key) : status
  }
  const rows: readonly (readonly [string, number])[] = [
    ...ends.map(({ status, count }) => [nameOf(status), count] as const),
    ...(timedOut > 0 ? [[t('drills.timedOut'), timedOut] as const] : []),
    [t('drills.lost'), lost],
    [t('drills.doubled'), doubled],
    [t('drills.wronglyEnded'), wronglyEnded],
  ]
  return (
    <div>
      <Title order={3}>{t('drills.happened')}</Title>
      <dl className={classes['rows']}>
        {rows.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="tabular">{count}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Invariants({ verdict: { invariantsHeld, newFindings } }: Pick<Props, 'verdict'>) {
  const t = useText()
  return (
    <div>
      <Title order={3}>{t('drills.invariants')}</Title>
      <Note
        tone={invariantsHeld ? 'good' : 'bad'}
        icon={invariantsHeld ? IconCircleCheck : IconAlertTriangle}
        text={invariantsHeld ? t('drills.held') : t('drills.broken', { count: newFindings })}
      />
      <Text size="sm" mt={6}>
        <TextLink to="/staff/checks" size="sm">
          {t('drills.toChecks')}
        </TextLink>
      </Text>
    </div>
  )
}
