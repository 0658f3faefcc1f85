import type { Change } from '../app/search.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { FilterSelect } from '../ui/filter-select.tsx'
import { type BoardSearch, waitNames } from './search.ts'

type Props = { readonly search: BoardSearch; readonly onChange: (change: Change<BoardSearch>) => void }

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
      <FilterSelect
        label={t('board.waitsFor')}
        value={waitingFor}
        every={t('board.anybody')}
        options={waitNames.map((name) => ({ value: name, label: t(`board.for.${name}`) }))}
        onApply={(value) => onChange({ waitingFor: value })}
        width={200}
      />
      <FilterSelect
        label={t('board.longerThan')}
        value={waitingLongerThan?.toString()}
        every="–"
        options={[
          ...lengths.map(([seconds, label]) => ({ value: `${seconds}`, label: t(label) })),
          ...other.map((seconds) => ({ value: `${seconds}`, label: t('board.seconds', { count: seconds }) })),
        ]}
        onApply={(value) => onChange({ waitingLongerThan: value })}
        width={160}
      />
    </>
  )
}
