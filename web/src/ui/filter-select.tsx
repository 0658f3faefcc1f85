import { NativeSelect } from '@mantine/core'
import { halfWidth } from './filter-text.tsx'

type Props = {
  readonly label: string
  readonly value: string | undefined
  /** What it is called when nothing is chosen by it. */
  readonly every: string
  readonly options: readonly (string | { readonly value: string; readonly label: string })[]
  readonly onApply: (value: string | undefined) => void
  readonly width: number
}

/** A filter of a few values, or of none of them. */
export function FilterSelect({ label, value = '', every, options, onApply, width }: Props) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={({ currentTarget }) => onApply(currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[{ value: '', label: every }, ...options]}
      w={{ base: halfWidth, xs: width }}
    />
  )
}
