import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useUser } from '../auth/use-session.ts'
import type { Saga, TimelineEntry } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { shortId, timelineQuery } from '../orders/queries.ts'
import { actionName } from '../saga/names.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { ConfirmAct, type Confirmation } from './confirm-act.tsx'
import { useLever } from './use-lever.ts'

export type SaidDoneByHand = NonNullable<Saga['resolutions']>[number]

/** The note that it was said with, which the one who agrees has to know. */
const noteOf =
  (number: number) =>
  (entries: readonly TimelineEntry[]): string | undefined => {
    const isIt = ({ type, data }: TimelineEntry) =>
      type === 'order.resolution_requested' && data['resolutionNumber'] === number
    const note = entries.find(isIt)?.data['note']
    return typeof note === 'string' ? note : undefined
  }

type Props = { readonly orderId: string; readonly said: SaidDoneByHand; readonly amount: string }

/** What one admin says was done by hand. It counts once another one agrees. */
export function SaidDone({ orderId, said, amount }: Props) {
  const t = useText()
  const [confirmation, setConfirmation] = useState<Confirmation>()
  const isOwn = useUser()?.id === said.by
  const { data: note } = useQuery({ ...timelineQuery(orderId), select: noteOf(said.number) })
  const { mutate, error, isPending } = useLever(orderId)
  const what = actionName(t, said.step, said.action)
  return (
    <Stack gap="xs" role="status">
      <strong>{isOwn ? t('staff.youSaidDone', { what }) : t('staff.saidDone', { who: shortId(said.by), what })}</strong>
      {note !== undefined && <span>{t('timeline.note', { note })}</span>}
      <FormProblem error={error} others={[]} />
      {!isOwn && (
        <Group>
          <Button
            size="xs"
            loading={isPending}
            onClick={() =>
              setConfirmation({
                title: t('staff.agree'),
                happens: [t('happens.agree', { action: what }), t('happens.sum', { amount }), t('happens.final')],
                button: t('staff.agree'),
                isFinal: true,
                act: () => mutate({ what: `resolutions/${said.number}/approval`, body: {} }),
              })
            }
          >
            {t('staff.agree')}
          </Button>
        </Group>
      )}
      <ConfirmAct asked={confirmation} onClose={() => setConfirmation(undefined)} />
    </Stack>
  )
}
