import { TextInput } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'

type Props = {
  readonly value: string
  readonly onChange: (note: string) => void
  readonly error?: string | undefined
  readonly optional?: boolean
}

/** Kept with the act on the timeline; customers don't see it. */
export function NoteField({ value, onChange, error, optional = false }: Props) {
  const t = useText()
  return (
    <TextInput
      label={t(optional ? 'decide.note' : 'staff.note')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      maxLength={500}
    />
  )
}
