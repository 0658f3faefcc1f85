import { Button, Group, Menu, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { formatTime } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { stepName } from '../saga/names.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { ConfirmAct, type Confirmation } from './confirm-act.tsx'
import { extended, extensions } from './extended.ts'
import { NoteField } from './note-field.tsx'
import { useLever } from './use-lever.ts'

type Props = {
  readonly orderId: string
  readonly step: string
  readonly until: string
  /** What the step does when asked: going forward, or undoing, or settling. */
  readonly action: string
  readonly amount: string
  readonly onDone: () => void
}

/** More time for a step that is waited for, or none. */
export function ChangeDeadline({ orderId, step, until, action, amount, onDone }: Props) {
  const t = useText()
  const locale = useLocale()
  const [confirmation, setConfirmation] = useState<Confirmation>()
  const [note, setNote] = useState('')
  const { mutate, error, isPending } = useLever(orderId)
  const errors = useFieldErrors(error, ['/note'])
  const change = (deadlineAt: string) =>
    mutate({ what: 'deadline', body: { step, deadlineAt, note } }, { onSuccess: onDone })
  const name = stepName(t, step)
  function extend(label: TextKey, by: number): void {
    const deadlineAt = extended(until, by, Date.now())
    setConfirmation({
      title: t('deadline.more'),
      happens: [t('happens.deadline', { step: name, time: formatTime(deadlineAt, locale) })],
      button: t(label),
      act: () => change(deadlineAt),
    })
  }
  const pass = (): void =>
    setConfirmation({
      title: t('deadline.pass'),
      happens: [
        t('happens.pass', { step: name }),
        ...(action === 'perform'
          ? [t('happens.passForward', { amount }), t('happens.final')]
          : [t('happens.passOther')]),
      ],
      button: t('deadline.pass'),
      isFinal: true,
      act: () => change(new Date().toISOString()),
    })
  return (
    <Stack gap="sm">
      <FormProblem error={error} others={errors.others} />
      <NoteField value={note} onChange={setNote} error={errors.at('/note')} />
      <Group gap="sm">
        <Menu withinPortal={false} position="bottom-start">
          <Menu.Target>
            <Button size="xs" loading={isPending} rightSection={<IconChevronDown size={14} aria-hidden />}>
              {t('deadline.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {extensions.map(([label, by]) => (
              <Menu.Item key={label} onClick={() => extend(label, by)}>
                {t(label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button size="xs" variant="default" disabled={isPending} onClick={pass}>
          {t('deadline.pass')}
        </Button>
      </Group>
      <ConfirmAct asked={confirmation} onClose={() => setConfirmation(undefined)} />
    </Stack>
  )
}
