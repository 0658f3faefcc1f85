import { Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPause, IconServer, IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Consumer } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import cards from '../orders/order-cards.module.css'
import { TextLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Page } from '../ui/page.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { consumersQuery } from './queries.ts'
import { OperationsTabs } from './operations-tabs.tsx'
import classes from './operations.module.css'

/** Whether those who react to orders are there, keep up, and move. */
export function ConsumersPage() {
  const t = useText()
  const { data, error, isPending, isError, refetch } = useQuery(consumersQuery)
  return (
    <Page title={t('operations.consumers')} intro={t('consumers.intro')} above={<OperationsTabs />}>
      {isPending && <Loading rows={2} height={160} />}
      {isError && <Failed error={error} retry={refetch} />}
      {data && !isError && (
        <ul className={classes['groups']} aria-label={t('operations.consumers')}>
          {data.items.map((consumer) => (
            <li key={consumer.group}>
              <ConsumerCard consumer={consumer} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

function ConsumerCard({ consumer: { group, members, lag, standsStill } }: { readonly consumer: Consumer }) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} h="100%">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {group}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`consumers.${group}`)}
        </Text>
        {members === 0 ? (
          <Note tone="bad" icon={IconServerOff} text={t('consumers.gone')} />
        ) : standsStill === null ? (
          <Note tone="good" icon={IconServer} text={t('consumers.runs')} />
        ) : (
          <Note tone="warn" icon={IconPlayerPause} text={t('consumers.standsStill')} />
        )}
        <dl className={cards['facts']}>
          <dt>{t('consumers.members')}</dt>
          <dd className="tabular">{members}</dd>
          <dt>{t('consumers.lag')}</dt>
          <dd className="tabular">{lag}</dd>
          {standsStill !== null && (
            <>
              <dt>{t('consumers.since')}</dt>
              <dd>
                <Time at={standsStill.since} />
              </dd>
              <dt>{t('letters.cause')}</dt>
              <dd lang="en">{standsStill.cause}</dd>
            </>
          )}
        </dl>
        <TextLink
          to="/staff/dead-letters"
          search={{ group }}
          size="sm"
          aria-label={t('consumers.lettersOf', { group })}
        >
          {t('operations.letters')}
        </TextLink>
      </Stack>
    </Paper>
  )
}
