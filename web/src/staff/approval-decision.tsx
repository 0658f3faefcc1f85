import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import type { Saga } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { ConfirmAct, type Confirmation } from './confirm-act.tsx'
import { NoteField } from './note-field.tsx'
import { useLever } from './use-lever.ts'

export const awaitsApproval = ({ waitingFor }: Saga): boolean =>
  waitingFor.some(({ participant, step }) => participant === 'staff' && step === 'approval')

/** Yes or no to an order above the limit. */
export function ApprovalDecision({ orderId, amount }: { readonly orderId: string; readonly amount: string }) {
  const t = useText()
  const [confirmation, setConfirmation] = useState<Confirmation>()
  const [note, setNote] = useState('')
  const { mutate, error, isPending, asked } = useLever(orderId)
  const errors = useFieldErrors(error, ['/note'])
  const decide = (approve: boolean) =>
    mutate({ what: 'approval', body: { approve, ...(note.trim() !== '' && { note }) } })
  const ask = (approve: boolean): void =>
    setConfirmation({
      title: t(approve ? 'approval.approve' : 'approval.reject'),
      happens: approve ? [t('happens.approve', { amount })] : [t('happens.reject'), t('happens.final')],
      button: t(approve ? 'approval.approve' : 'approval.reject'),
      isFinal: !approve,
      act: () => decide(approve),
    })
  return (
    <Alert color="orange" variant="light" icon={<IconUserQuestion />} title={t('approval.title')}>
      <Stack gap="sm">
        <span>{t('approval.text')}</span>
        <FormProblem error={error} others={errors.others} />
        <NoteField value={note} onChange={setNote} error={errors.at('/note')} optional />
        <Group gap="sm">
          <Button size="xs" loading={asked?.['approve'] === true} disabled={isPending} onClick={() => ask(true)}>
            {t('approval.approve')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={asked?.['approve'] === false}
            disabled={isPending}
            onClick={() => ask(false)}
          >
            {t('approval.reject')}
          </Button>
        </Group>
        <ConfirmAct asked={confirmation} onClose={() => setConfirmation(undefined)} />
      </Stack>
    </Alert>
  )
}
