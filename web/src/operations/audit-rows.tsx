import { Group, Paper, Stack } from '@mantine/core'
import { IconCheck, IconChevronRight, IconForbid, IconX } from '@tabler/icons-react'
import type { AuditLine } from '../http/contract.ts'
import { formatUtc } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import cards from '../orders/order-cards.module.css'
import letters from '../dead-letters/letters.module.css'
import { Copyable } from '../ui/copyable.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import classes from './operations.module.css'

const looks = {
  done: { tone: 'good', icon: IconCheck },
  refused: { tone: 'warn', icon: IconForbid },
  failed: { tone: 'bad', icon: IconX },
} as const

/** One line each; the rest is below it, for whoever opens it. */
export function AuditRows({ lines }: { readonly lines: readonly AuditLine[] }) {
  const t = useText()
  return (
    <Paper withBorder>
      <ul className={classes['rows']} aria-label={t('operations.audit')}>
        {lines.map((line) => (
          <li key={line.id} className={classes['row']}>
            <details>
              <summary className={classes['summary']}>
                <IconChevronRight size={16} aria-hidden className={classes['mark']} />
                <span>
                  <span className={classes['action']}>{line.action}</span>
                  {line.target !== '' && <div className={classes['small']}>{line.target}</div>}
                </span>
                <span className={classes['who']}>
                  {line.actor.kind}
                  <div className={classes['small']}>{line.actor.id}</div>
                </span>
                <span className={classes['outcome']}>
                  <Note {...looks[line.outcome]} text={t(`audit.${line.outcome}`)} />
                </span>
                <span className={`${classes['small']} ${classes['when']}`}>
                  <Time at={line.at} />
                </span>
              </summary>
              <Detail line={line} />
            </details>
          </li>
        ))}
      </ul>
    </Paper>
  )
}

function Detail({ line: { at, actor, target, address, requestId, detail, id } }: { readonly line: AuditLine }) {
  const t = useText()
  return (
    <Stack gap="sm" className={classes['detail'] ?? ''}>
      <dl className={cards['facts']}>
        <dt>{t('audit.at')}</dt>
        <dd>{formatUtc(at)}</dd>
        <dt>{t('audit.address')}</dt>
        <dd>{address}</dd>
        <dt>{t('audit.request')}</dt>
        <dd>
          <Copyable text={requestId} />
        </dd>
      </dl>
      <pre className={letters['raw']} tabIndex={0} role="region" aria-label={t('audit.detailOf', { id })}>
        {JSON.stringify(detail, undefined, 2)}
      </pre>
      <Group gap="md">
        <TextLink to="/staff/audit" search={{ actorId: actor.id }} size="sm">
          {t('audit.sameActor')}
        </TextLink>
        {target !== '' && (
          <TextLink to="/staff/audit" search={{ target }} size="sm">
            {t('audit.sameTarget')}
          </TextLink>
        )}
      </Group>
    </Stack>
  )
}
