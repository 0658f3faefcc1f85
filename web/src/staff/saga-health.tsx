import { Stack, Text } from '@mantine/core'
import { IconServer, IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Saga } from '../http/contract.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { sagaQuery } from '../orders/queries.ts'
import { stepName } from '../saga/names.ts'
import { Note } from '../ui/note.tsx'
import classes from '../orders/order-cards.module.css'

type Consumer = NonNullable<Saga['consumers']>[number]

/** Why the order is where it is, and whether those it waits for are there at all. */
export function SagaHealth({ orderId, saga }: { readonly orderId: string; readonly saga: Saga }) {
  const t = useText()
  const consumers = saga.consumers ?? []
  // no event tells that a consumer has stopped, or how far behind it is
  useQuery({ ...sagaQuery(orderId), refetchInterval: saga.waitingFor.length > 0 && 5_000 })
  return (
    <Stack gap="xs">
      {/* the API's own words, in English wherever they are read */}
      <Text lang="en">{inUtc(saga.headline)}</Text>
      {consumers.length > 0 && (
        <ul className={classes['lines']} aria-label={t('staff.consumers')}>
          {consumers.map((consumer) => (
            <li key={consumer.group}>
              <Note {...look(consumer)} text={health(t, consumer)} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

/** Everything else on the page is in the reader's own zone. */
const inUtc = (headline: string): string => headline.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '$& UTC')

const look = ({ members }: Consumer) =>
  members > 0 ? ({ tone: 'good', icon: IconServer } as const) : ({ tone: 'bad', icon: IconServerOff } as const)

function health(t: Translate, { group, members, lag: count }: Consumer): string {
  const name = stepName(t, group)
  if (members === 0) return t('staff.stopped', { name, count })
  return count === 0 ? t('staff.runsUpToDate', { name }) : t('staff.runs', { name, count })
}
