import { Paper, Text, Title } from '@mantine/core'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import classes from '../orders/order-cards.module.css'
import { Copyable } from '../ui/copyable.tsx'
import { TextLink } from '../ui/links.tsx'
import { Time } from '../ui/time.tsx'
import { DryRun } from './dry-run.tsx'

type Props = { readonly letter: WholeLetter }

export function WhyFailed({ letter }: Props) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('letter.why')}
      </Title>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {letter.cause}
      </Text>
      <Text lang="en" mb="md" style={{ overflowWrap: 'anywhere' }}>
        {letter.message}
      </Text>
      <dl className={classes['facts']}>
        <dt>{t('letter.tried')}</dt>
        <dd>{t('letter.attempts', { count: letter.attempts })}</dd>
        <dt>{t('letter.redrives')}</dt>
        <dd>{letter.redrives}</dd>
        <dt>{t('letter.dryRun')}</dt>
        <dd>
          <DryRun of={letter.dryRun} known={letter.message} />
        </dd>
      </dl>
    </Paper>
  )
}

export function FromWhere({ letter }: Props) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('letter.where')}
      </Title>
      <dl className={classes['facts']}>
        <dt>{t('letters.group')}</dt>
        <dd>{letter.group}</dd>
        <dt>{t('letter.topic')}</dt>
        <dd>
          <code className="id">{letter.topic}</code>
        </dd>
        <dt>{t('letter.place')}</dt>
        <dd>{t('letter.placeText', { partition: letter.partition, offset: letter.offset })}</dd>
        <dt>{t('letters.type')}</dt>
        <dd>{letter.type ?? t('letter.noType')}</dd>
        <dt>{t('letter.event')}</dt>
        <dd>{letter.eventId === null ? '–' : <Copyable text={letter.eventId} />}</dd>
        <dt>{t('letter.order')}</dt>
        <dd>
          {letter.orderId === null ? (
            '–'
          ) : (
            <TextLink to="/orders/$orderId" params={{ orderId: letter.orderId }}>
              {letter.orderId}
            </TextLink>
          )}
        </dd>
        <dt>{t('letter.firstSeen')}</dt>
        <dd>
          <Time at={letter.firstSeen} />
        </dd>
      </dl>
    </Paper>
  )
}
