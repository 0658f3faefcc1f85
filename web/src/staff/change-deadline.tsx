import { Button, Group, Menu, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { extended } from './extended.ts'
import { NoteField } from './note-field.tsx'
import { useLever } from './use-lever.ts'

const minute = 60_000
const extensions = [
  ['deadline.minutes', 10 * minute],
  ['deadline.hour', 60 * minute],
  ['deadline.day', 24 * 60 * minute],
] as const

type Props = {
  readonly orderId: string
  readonly step: string
  readonly until: string
  readonly onDone: () => void
}

/** More time for a step that is waited for, or none. */
export function ChangeDeadline({ orderId, step, until, onDone }: Props) {
  const t = useText()
  const [note, setNote] = useState('')
  const { mutate, error, isPending } = useLever(orderId)
  const errors = useFieldErrors(error, ['/note'])
  const change = (deadlineAt: string) =>
    mutate({ what: 'deadline', body: { step, deadlineAt, note } }, { onSuccess: onDone })
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
              <Menu.Item key={label} onClick={() => change(extended(until, by, Date.now()))}>
                {t(label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button size="xs" variant="default" disabled={isPending} onClick={() => change(new Date().toISOString())}>
          {t('deadline.pass')}
        </Button>
      </Group>
    </Stack>
  )
}
