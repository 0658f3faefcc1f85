import { Paper } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { ButtonLink, TextLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { Campaigns } from './campaigns.tsx'
import { MessageFilters } from './message-filters.tsx'
import { MessageRow } from './message-row.tsx'
import classes from './notifications.module.css'
import { messagesQuery } from './queries.ts'
import { Queues } from './queues.tsx'

const here = '/staff/notifications'

/** What was told to whom by which event, what became of it, and what still waits. */
export function NotificationsPage() {
  const t = useText()
  const search = useSearch({ from: here })
  const { data, error, isPending, isError, refetch } = useQuery(messagesQuery(search))
  return (
    <Page
      title={t('told.title')}
      intro={t('told.intro')}
      above={<OperationsTabs />}
      aside={
        <TextLink to="/staff/mailbox" size="sm">
          {t('told.toMailbox')}
        </TextLink>
      }
    >
      <Queues />
      <Campaigns />
      <section aria-label={t('told.messages')} className={classes['section']}>
        <h2 className={classes['heading']}>{t('told.messages')}</h2>
        <MessageFilters search={search} error={error} />
        {isPending && <Loading rows={5} height={52} />}
        {isError && <Failed error={error} retry={refetch} />}
        {!isError && data?.items.length === 0 && (
          <Empty
            icon={<IconMailOff size={28} />}
            title={t('told.none')}
            text={t('told.noneHint')}
            action={
              <ButtonLink to={here} search={{}} variant="default">
                {t('audit.showAll')}
              </ButtonLink>
            }
          />
        )}
        {!isError && data && data.items.length > 0 && (
          <>
            <Paper withBorder>
              <ul className={classes['rows']} aria-label={t('told.messages')}>
                {data.items.map((message) => (
                  <MessageRow key={message.id} message={message} />
                ))}
              </ul>
            </Paper>
            <Pager to={here} search={search} nextCursor={data.nextCursor} />
          </>
        )}
      </section>
    </Page>
  )
}
