import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

type Props = {
  readonly label: string
  readonly value: string | undefined
  /** Empty: not chosen by it any more. */
  readonly onApply: (value: string | undefined) => void
  readonly placeholder?: string
  readonly error?: string | undefined
  readonly width?: number
  /** On a phone it has a line of its own. */
  readonly alone?: boolean
}

/** Two filters stand side by side on a phone. */
export const halfWidth = 'calc(50% - var(--mantine-spacing-md) / 2)'

/** A filter that is typed: it holds once the field is left or Enter is pressed, and follows the address. */
export function FilterText({ label, value = '', onApply, placeholder, error, width = 200, alone = false }: Props) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  function apply(): void {
    const wanted = typed.trim()
    if (wanted !== value) onApply(wanted === '' ? undefined : wanted)
  }
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
      error={error}
      {...(placeholder !== undefined && { placeholder })}
      w={{ base: alone ? '100%' : halfWidth, xs: width }}
    />
  )
}
