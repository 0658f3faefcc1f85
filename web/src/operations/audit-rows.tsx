import { Group, Paper } from '@mantine/core'
import { IconCheck, IconForbid, IconX } from '@tabler/icons-react'
import type { AuditLine } from '../http/contract.ts'
import { formatUtc } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import cards from '../orders/order-cards.module.css'
import letters from '../dead-letters/letters.module.css'
import { Copyable } from '../ui/copyable.tsx'
import row from '../ui/folded-row.module.css'
import { FoldedRow } from '../ui/folded-row.tsx'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import classes from './operations.module.css'

const looks = {
  done: { tone: 'good', icon: IconCheck },
  refused: { tone: 'warn', icon: IconForbid },
  failed: { tone: 'bad', icon: IconX },
} as const

/** One line each. */
export function AuditRows({ lines }: { readonly lines: readonly AuditLine[] }) {
  const t = useText()
  return (
    <Paper withBorder>
      <ul className={classes['rows']} aria-label={t('operations.audit')}>
        {lines.map((line) => (
          <FoldedRow
            key={line.id}
            columns={classes['summary']}
            summary={
              <>
                <span>
                  <span className={row['name']}>{line.action}</span>
                  {line.target !== '' && <div className={row['small']}>{line.target}</div>}
                </span>
                <span className={classes['who']}>
                  {line.actor.kind}
                  <div className={row['small']}>{line.actor.id}</div>
                </span>
                <span className={classes['outcome']}>
                  <Note {...looks[line.outcome]} text={t(`audit.${line.outcome}`)} />
                </span>
                <span className={`${row['small']} ${classes['when']}`}>
                  <Time at={line.at} />
                </span>
              </>
            }
          >
            <Detail line={line} />
          </FoldedRow>
        ))}
      </ul>
    </Paper>
  )
}

function Detail({ line: { at, actor, target, address, requestId, detail, id } }: { readonly line: AuditLine }) {
  const t = useText()
  return (
    <>
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
    </>
  )
}
