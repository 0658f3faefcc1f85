import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Saga, Step } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { actionName, stepName } from '../saga/names.ts'
import { reasonText } from '../saga/reason.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { ConfirmAct, type Confirmation } from './confirm-act.tsx'
import { NoteField } from './note-field.tsx'
import { SaidDone, type SaidDoneByHand } from './said-done.tsx'
import { useLever } from './use-lever.ts'

const waits = new Set(['stuck', 'refused', 'failed'])
const needsPerson = ({ compensation, settlement }: Step): boolean =>
  waits.has(compensation.state) || (settlement !== null && waits.has(settlement.state))

/** What it could not do. */
const troubleOf = ({ compensation, settlement }: Step): string =>
  waits.has(compensation.state) || settlement === null ? 'compensate' : settlement.action

type AllProps = { readonly orderId: string; readonly saga: Saga; readonly amount: string }

/** For each step that nobody but a person can take further: ask again or done by hand, and say why. */
export function Resolutions({ orderId, saga, amount }: AllProps) {
  return (
    <Stack gap="md">
      {saga.steps.filter(needsPerson).map((step) => {
        const said = saga.resolutions?.find((one) => one.step === step.step && one.state === 'requested')
        return <Resolution key={step.step} orderId={orderId} step={step} said={said} amount={amount} />
      })}
    </Stack>
  )
}

type Props = {
  readonly orderId: string
  readonly step: Step
  readonly said: SaidDoneByHand | undefined
  /** What the order is about, for the step that is about money. */
  readonly amount: string
}

function Resolution({ orderId, step, said, amount }: Props) {
  const t = useText()
  const [confirmation, setConfirmation] = useState<Confirmation>()
  const [note, setNote] = useState('')
  const reason = step.compensation.reason ?? step.settlement?.reason
  const { mutate, error, isPending, asked } = useLever(orderId)
  const errors = useFieldErrors(error, ['/note'])
  const resolve = (action: 'retry' | 'doneByHand') =>
    mutate({ what: 'resolutions', body: { step: step.step, action, note } }, { onSuccess: () => setNote('') })
  const names = { step: stepName(t, step.step), action: actionName(t, step.step, troubleOf(step)) }
  const isMoney = step.step === 'payment'
  const sum = isMoney ? [t('happens.sum', { amount })] : []
  const askAgain = (): void =>
    setConfirmation({
      title: t('staff.askAgain'),
      happens: [t('happens.asked', names), ...sum, t('happens.once'), t('happens.proof', names)],
      button: t('staff.askAgain'),
      act: () => resolve('retry'),
    })
  const byHand = (): void =>
    setConfirmation({
      title: t('staff.byHand'),
      happens: [t('happens.byHand', names), ...sum, ...(isMoney ? [t('happens.second')] : []), t('happens.final')],
      button: t('staff.byHand'),
      isFinal: true,
      act: () => resolve('doneByHand'),
    })
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t('staff.decide', { step: stepName(t, step.step) })}
    >
      <Stack gap="sm">
        {reason && <span>{reasonText(t, reason)}</span>}
        {said && <SaidDone orderId={orderId} said={said} amount={amount} />}
        <FormProblem error={error} others={errors.others} />
        <NoteField value={note} onChange={setNote} error={errors.at('/note')} />
        <Group gap="sm">
          <Button size="xs" loading={asked?.['action'] === 'retry'} disabled={isPending} onClick={askAgain}>
            {t('staff.askAgain')}
          </Button>
          {!said && (
            <Button
              size="xs"
              variant="default"
              loading={asked?.['action'] === 'doneByHand'}
              disabled={isPending}
              onClick={byHand}
            >
              {t('staff.byHand')}
            </Button>
          )}
        </Group>
        <ConfirmAct asked={confirmation} onClose={() => setConfirmation(undefined)} />
      </Stack>
    </Alert>
  )
}
