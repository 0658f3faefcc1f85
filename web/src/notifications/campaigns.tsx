import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { More } from '../ui/more.tsx'
import { Failed } from '../ui/states.tsx'
import { CampaignRow } from './campaign-row.tsx'
import { NewCampaign } from './new-campaign.tsx'
import classes from './notifications.module.css'
import { campaignsQuery } from './queries.ts'

export function Campaigns() {
  const t = useText()
  const [isNew, setNew] = useState(false)
  const list = useInfiniteQuery(campaignsQuery)
  const { data, error, isError, refetch } = list
  const campaigns = itemsOf(data)
  return (
    <section aria-label={t('campaigns.title')} className={classes['section']}>
      <Group justify="space-between" gap="sm">
        <Title order={2}>{t('campaigns.title')}</Title>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconSpeakerphone size={16} aria-hidden />}
          onClick={() => setNew(true)}
        >
          {t('campaigns.new')}
        </Button>
      </Group>
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && campaigns.length === 0 && <Text c="dimmed">{t('campaigns.none')}</Text>}
      {campaigns.length > 0 && (
        <Paper withBorder>
          <ul className={classes['rows']} aria-label={t('campaigns.title')}>
            {campaigns.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
          </ul>
        </Paper>
      )}
      {list.hasNextPage && (
        <div>
          <More of={list} />
        </div>
      )}
      {isNew && <NewCampaign onClose={() => setNew(false)} />}
    </section>
  )
}
