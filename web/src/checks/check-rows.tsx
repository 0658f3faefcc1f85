import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react'
import { hasText, type Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import classes from './checks.module.css'
import type { Finding } from './queries.ts'
import type { CheckRow } from './rows.ts'

const looks = {
  ok: { tone: 'good', icon: IconCircleCheck },
  finding: { tone: 'bad', icon: IconAlertTriangle },
  unknown: { tone: 'warn', icon: IconHelpCircle },
} as const

/** In the reader's language; of one that the page does not know, in the check's own words. */
function ruleOf(t: Translate, { name, invariant }: CheckRow): string {
  const key = `check.${name}`
  return hasText(key) ? t(key) : (invariant?.asks ?? '')
}

export function CheckRows({ rows }: { readonly rows: readonly CheckRow[] }) {
  const t = useText()
  return (
    <ul className={classes['rows']} aria-label={t('checks.title')}>
      {rows.map((row) => (
        <li key={row.name} className={classes['row']}>
          <div className={classes['what']}>
            <strong lang="en">{row.name}</strong>
            <Text size="sm" c="dimmed">
              {ruleOf(t, row)}
            </Text>
          </div>
          <Note {...looks[row.state]} text={t(`checks.${row.state}`, { count: row.invariant?.count ?? 0 })} />
          <span className={classes['looked']}>
            {row.invariant && t('checks.looked', { count: row.invariant.looked })}
          </span>
          {row.invariant && row.invariant.count > 0 && (
            <Findings findings={row.invariant.findings} count={row.invariant.count} />
          )}
        </li>
      ))}
    </ul>
  )
}

function Findings({ findings, count }: { readonly findings: readonly Finding[]; readonly count: number }) {
  const t = useText()
  return (
    <ol className={classes['findings']}>
      {findings.map(({ subject, orderId, difference, repair }, index) => (
        <li key={`${subject} ${index}`} className={classes['finding']}>
          {orderId === undefined ? (
            <code className="id">{subject}</code>
          ) : (
            <TextLink to="/orders/$orderId" params={{ orderId }} size="sm">
              {subject}
            </TextLink>
          )}
          <dl className={classes['words']}>
            <dt>{t('checks.difference')}</dt>
            <dd lang="en">{difference}</dd>
            <dt>{t('checks.repair')}</dt>
            <dd lang="en">{repair}</dd>
          </dl>
        </li>
      ))}
      {count > findings.length && <li>{t('checks.andMore', { count: count - findings.length })}</li>}
    </ol>
  )
}
