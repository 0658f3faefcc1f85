import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { Return } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import { formatMoney } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import type { TextKey, Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { ConfirmAct, type Confirmation } from '../staff/confirm-act.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { deedsFor } from './deeds.ts'
import { decide, type Deed, readReturnsAgain, showReturn } from './queries.ts'

const labels: Readonly<Record<Deed, TextKey>> = {
  approve: 'decide.approve',
  decline: 'decide.decline',
  receive: 'decide.received',
  retry: 'decide.again',
}

type Props = { readonly orderId: string; readonly one: Return; readonly title: string }

/** What a return waits for from staff, each with a note for the record. */
export function StaffDecision({ orderId, one, title }: Props) {
  const t = useText()
  const admin = isAdmin(useUser())
  const client = useQueryClient()
  const language = useLocale()
  const [note, setNote] = useState('')
  const [confirmation, setConfirmation] = useState<Confirmation>()
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: (deed: Deed) => decide(orderId, one.number, deed, note),
    onSuccess: (answer) => {
      setNote('')
      showReturn(client, orderId, answer)
    },
    onError: (problem) => {
      if (isProblem(problem, 'return_in_other_state')) void readReturnsAgain(client, orderId)
    },
  })
  const errors = useFieldErrors(error, ['/note'])
  const deeds = deedsFor(one, admin)
  const ask = (deed: Deed): void =>
    setConfirmation({
      title: `${t(labels[deed])}: ${title}`,
      happens: happens(t, deed, one, formatMoney(one.amount, language)),
      button: t(labels[deed]),
      isFinal: deed === 'decline',
      act: () => mutate(deed),
    })
  if (deeds.length === 0) return null
  return (
    <Stack gap="sm" mt={6}>
      <FormProblem error={error} others={errors.others} />
      <TextInput
        label={t(one.needsAttention ? 'decide.noteNeeded' : 'decide.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errors.at('/note')}
        maxLength={500}
      />
      <Group gap="sm">
        {deeds.map((deed) => (
          <Button
            key={deed}
            size="xs"
            variant={deed === 'decline' ? 'default' : 'filled'}
            loading={isPending && variables === deed}
            disabled={isPending && variables !== deed}
            aria-label={`${t(labels[deed])}: ${title}`}
            onClick={() => ask(deed)}
          >
            {t(labels[deed])}
          </Button>
        ))}
      </Group>
      <ConfirmAct asked={confirmation} onClose={() => setConfirmation(undefined)} />
    </Stack>
  )
}

function happens(t: Translate, deed: Deed, { lines }: Return, amount: string): readonly string[] {
  switch (deed) {
    case 'approve':
      return lines.length > 0
        ? [t('happens.returnApprove', { amount })]
        : [t('happens.refundApprove', { amount }), t('happens.moneyGone')]
    case 'decline':
      return [t(lines.length > 0 ? 'happens.returnDecline' : 'happens.refundDecline')]
    case 'receive':
      return [t('happens.received', { amount }), t('happens.moneyGone')]
    case 'retry':
      return [t('happens.sum', { amount }), t('happens.once')]
  }
}
