import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { eventName } from '../saga/names.ts'
import { eventTypes, wildcards } from './event-types.ts'
import classes from './webhooks.module.css'

type Props = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly error: string | undefined
}

/** Whole kinds first; each event by itself is a click away, or open where one is chosen. */
export function EventChoice({ chosen, onChange, error }: Props) {
  const t = useText()
  const [isOpen, setOpen] = useState(eventTypes.some((type) => chosen.includes(type)))
  return (
    <Checkbox.Group
      label={t('webhooks.events')}
      value={[...chosen]}
      onChange={(next) => onChange(next)}
      error={error}
      required
    >
      <Stack gap="xs" my="xs">
        {wildcards.map((wildcard) => (
          <Checkbox key={wildcard} value={wildcard} label={t(`webhooks.all.${wildcard}`)} description={wildcard} />
        ))}
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className={classes['single']}>
          <summary>{t('webhooks.single')}</summary>
          <div className={classes['types']}>
            {eventTypes.map((type) => (
              <Checkbox key={type} value={type} size="xs" label={eventName(t, { type, data: {} })} description={type} />
            ))}
          </div>
        </details>
      </Stack>
    </Checkbox.Group>
  )
}
