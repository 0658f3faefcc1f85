import { IconAlertTriangle, IconArrowBackUp, IconHourglass, IconList, IconMailExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Board } from '../http/contract.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { boardQuery, usualWait } from './queries.ts'
import type { BoardSearch } from './search.ts'
import classes from './board.module.css'

type View = {
  readonly label: TextKey
  readonly icon: typeof IconList
  readonly search: (wait: number) => BoardSearch
  readonly isOn: (search: BoardSearch) => boolean
  readonly count?: (board: Board) => number
}

const views: readonly View[] = [
  {
    label: 'board.all',
    icon: IconList,
    search: () => ({}),
    isOn: (search) => Object.keys(search).every((name) => name === 'cursor'),
  },
  {
    label: 'board.attention',
    icon: IconAlertTriangle,
    search: () => ({ attention: true }),
    isOn: ({ attention }) => attention === true,
    count: ({ needsAttention }) => needsAttention,
  },
  {
    label: 'board.waiting',
    icon: IconHourglass,
    search: (waitingLongerThan) => ({ waitingLongerThan }),
    isOn: ({ waitingFor, waitingLongerThan }) => waitingFor !== undefined || waitingLongerThan !== undefined,
    count: ({ waiting }) => waiting,
  },
  {
    label: 'board.compensating',
    icon: IconArrowBackUp,
    search: () => ({ compensating: true }),
    isOn: ({ compensating }) => compensating === true,
    count: ({ compensating }) => compensating,
  },
  {
    label: 'board.deadLettered',
    icon: IconMailExclamation,
    search: () => ({ deadLettered: true }),
    isOn: ({ deadLettered }) => deadLettered === true,
    count: ({ deadLettered }) => deadLettered,
  },
]

/** What wants a look, and how much of it. The counts move with the orders. */
export function Views({ search }: { readonly search: BoardSearch }) {
  const t = useText()
  const wait = search.waitingLongerThan ?? usualWait
  const { data } = useQuery(boardQuery(wait))
  return (
    <nav aria-label={t('board.views')} className={classes['views']}>
      {views.map((view) => (
        <Tile key={view.label} view={view} search={search} wait={wait} board={data} />
      ))}
    </nav>
  )
}

type TileProps = {
  readonly view: View
  readonly search: BoardSearch
  readonly wait: number
  readonly board: Board | undefined
}

function Tile({ view: { label, icon: Symbol, search: searchOf, isOn, count }, search, wait, board }: TileProps) {
  const t = useText()
  const found = count && board && count(board)
  const told = found === undefined || board === undefined ? '–' : written(found, board.most)
  const on = isOn(search)
  return (
    <Link
      to="/staff/orders"
      search={searchOf(wait)}
      className={classes['view']}
      data-on={on || undefined}
      {...(on && { 'aria-current': 'true' as const })}
    >
      <Symbol size={18} aria-hidden className={classes['icon']} />
      {/* the space is for those who hear it: the name of the link is its text */}
      <span>{`${t(label)} `}</span>
      {count && (
        <span className={classes['count']} data-some={(found !== undefined && found > 0) || undefined}>
          {told}
        </span>
      )}
    </Link>
  )
}

/** Counted no further than `most`. */
const written = (count: number, most: number): string => (count >= most ? `${most - 1}+` : `${count}`)
