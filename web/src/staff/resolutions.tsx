import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../http/client.ts'
import type { Saga, Step } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { stepName } from '../saga/names.ts'
import { reasonText } from '../saga/reason.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'

const waits = new Set(['stuck', 'refused', 'failed'])
const needsPerson = ({ compensation, settlement }: Step): boolean =>
  waits.has(compensation.state) || (settlement !== null && waits.has(settlement.state))

/** For each step that nobody but a person can take further: ask again, and say why. */
export function Resolutions({ orderId, saga }: { readonly orderId: string; readonly saga: Saga }) {
  return (
    <Stack gap="md">
      {saga.steps.filter(needsPerson).map((step) => (
        <Resolution key={step.step} orderId={orderId} step={step} />
      ))}
    </Stack>
  )
}

function Resolution({ orderId, step }: { readonly orderId: string; readonly step: Step }) {
  const t = useText()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const reason = step.compensation.reason ?? step.settlement?.reason
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      call(`/v1/admin/orders/${orderId}/resolutions`, {
        method: 'POST',
        body: { step: step.step, action: 'retry', note },
      }),
    onSuccess: () => {
      setNote('')
      return client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  const errors = useFieldErrors(error, ['/note'])
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t('staff.decide', { step: stepName(t, step.step) })}
    >
      <Stack gap="sm">
        {reason && <span>{reasonText(t, reason)}</span>}
        <FormProblem error={error} others={errors.others} />
        <TextInput
          label={t('staff.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={errors.at('/note')}
          maxLength={500}
        />
        <Group gap="sm">
          <Button size="xs" loading={isPending} onClick={() => mutate()}>
            {t('staff.askAgain')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
