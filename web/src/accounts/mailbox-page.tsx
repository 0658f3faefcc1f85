import { Stack } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { More } from '../ui/more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { AccountsTabs } from './accounts-tabs.tsx'
import { MailCard } from './mail-card.tsx'
import { mailsQuery } from './queries.ts'

/** Where mails stay that no mail server takes; with one, what became of them. */
export function MailboxPage() {
  const t = useText()
  const list = useInfiniteQuery(mailsQuery)
  const { data, error, isError, isPending, refetch } = list
  const mails = itemsOf(data)
  return (
    <Page title={t('mailbox.title')} intro={t('mailbox.intro')} above={<AccountsTabs />}>
      {isPending && <Loading rows={4} height={120} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && mails.length === 0 && (
        <Empty icon={<IconMailOff size={28} />} title={t('mailbox.none')} text={t('mailbox.noneHint')} />
      )}
      {mails.length > 0 && (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('mailbox.title')}>
          {mails.map((mail) => (
            <MailCard key={mail.id} mail={mail} />
          ))}
        </Stack>
      )}
      <More of={list} />
    </Page>
  )
}
