import { NativeSelect } from '@mantine/core'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { halfWidth } from '../ui/filter-text.tsx'
import { type BoardSearch, waitNames } from './search.ts'

type Change = Partial<Record<'waitingFor' | 'waitingLongerThan', string | number | undefined>>
type Props = { readonly search: BoardSearch; readonly onChange: (change: Change) => void }

const lengths = [
  [0, 'board.anyTime'],
  [60, 'board.minute'],
  [300, 'board.fiveMinutes'],
  [3_600, 'board.hour'],
  [86_400, 'board.day'],
] as const satisfies readonly (readonly [number, TextKey])[]

/** Whom an order waits for, and for how long already. */
export function WaitingFilter({ search: { waitingFor, waitingLongerThan }, onChange }: Props) {
  const t = useText()
  const known = lengths.some(([seconds]) => seconds === waitingLongerThan)
  const other = waitingLongerThan === undefined || known ? [] : [waitingLongerThan]
  return (
    <>
      <NativeSelect
        label={t('board.waitsFor')}
        value={waitingFor ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ waitingFor: value === '' ? undefined : value })}
        data={[
          { value: '', label: t('board.anybody') },
          ...waitNames.map((name) => ({ value: name, label: t(`board.for.${name}`) })),
        ]}
        w={{ base: halfWidth, xs: 200 }}
      />
      <NativeSelect
        label={t('board.longerThan')}
        value={waitingLongerThan === undefined ? '' : `${waitingLongerThan}`}
        onChange={({ currentTarget: { value } }) =>
          onChange({ waitingLongerThan: value === '' ? undefined : Number(value) })
        }
        data={[
          { value: '', label: '–' },
          ...lengths.map(([seconds, label]) => ({ value: `${seconds}`, label: t(label) })),
          ...other.map((seconds) => ({ value: `${seconds}`, label: t('board.seconds', { count: seconds }) })),
        ]}
        w={{ base: halfWidth, xs: 160 }}
      />
    </>
  )
}
