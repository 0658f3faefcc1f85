import { TextInput } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'

type Props = {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (reason: string) => void
  /** What was said of the reason before does not hold for this one. */
  readonly onMended: () => void
}

/** Stays with the letter, whatever is done with it. */
export function ReasonField({ value, error, onChange, onMended }: Props) {
  const t = useText()
  return (
    <TextInput
      label={t('letter.reason')}
      description={t('letter.reasonHint')}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value)
        if (error !== undefined) onMended()
      }}
      error={error}
      maxLength={500}
      required
    />
  )
}
