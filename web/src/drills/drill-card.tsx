import { Button, Paper, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHelpCircle, IconPlayerPlay } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import classes from './drills.module.css'
import type { DrillName, DrillRun } from './queries.ts'

type Props = {
  readonly name: DrillName
  readonly isPossible: boolean
  /** Another one goes on, or this one. */
  readonly isBusy: boolean
  /** The last time it was done. */
  readonly last: DrillRun | undefined
  readonly onBegin: () => void
}

export function DrillCard({ name, isPossible, isBusy, last, onBegin }: Props) {
  const t = useText()
  const title = t(`drill.${name}`)
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-label={title} className={classes['card']}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {t(`drill.${name}.text`)}
      </Text>
      <Text size="sm">
        <strong>{t('drills.expected')}:</strong> {t(`drill.${name}.expected`)}
      </Text>
      {!isPossible && <Text size="sm">{t('drills.impossible')}</Text>}
      <div className={classes['foot']}>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={!isPossible || isBusy}
          aria-label={`${t('drills.begin')}: ${title}`}
          onClick={onBegin}
        >
          {t('drills.begin')}
        </Button>
        {last && <LastTime run={last} />}
      </div>
    </Paper>
  )
}

function LastTime({ run: { verdict, endedAt } }: { readonly run: DrillRun }) {
  const t = useText()
  return (
    <span className={classes['last']}>
      {verdict === null ? (
        <Note tone="warn" icon={IconHelpCircle} text={t('drills.failed')} />
      ) : verdict.isAsExpected ? (
        <Note tone="good" icon={IconCircleCheck} text={t('drills.asExpected')} />
      ) : (
        <Note tone="bad" icon={IconCircleX} text={t('drills.notAsExpected')} />
      )}
      {endedAt !== null && (
        <Text size="sm" c="dimmed" component="span">
          <Time at={endedAt} clock />
        </Text>
      )}
    </span>
  )
}
