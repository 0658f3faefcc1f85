import type { ClockSearch } from '../app/staff-search.ts'
import { sourcesOf } from '../app/staff-search.ts'
import type { ClockItem, ClockSource } from '../http/contract.ts'

export type ClockRow = {
  readonly key: string
  readonly item: ClockItem
  /** Since the order was placed; below 0 before it. */
  readonly sinceMs: number
  /** Between this row and the one before it, where nothing happened for a while. */
  readonly restMs: number | undefined
}

/** Less is no rest. */
const restMs = 1_000

/** What the address chooses, with the rests between. */
export function rowsOf(items: readonly ClockItem[], placedAt: string, search: ClockSearch): readonly ClockRow[] {
  const chosen = new Set(sourcesOf(search))
  const shown = items.filter(
    ({ source, minor }) => (chosen.size === 0 || chosen.has(source)) && (minor !== true || search.minor === true),
  )
  const start = Date.parse(placedAt)
  return shown.map((item, index) => {
    const at = Date.parse(item.at)
    const before = shown[index - 1]
    const rest = before === undefined ? 0 : at - Date.parse(before.at)
    return { key: keyOf(item), item, sinceMs: at - start, restMs: rest >= restMs ? rest : undefined }
  })
}

/** The same before and after it is read again; an open call is due at another time then. */
const keyOf = ({ source, what, ids }: ClockItem): string => JSON.stringify([source, what, ids])

/** How many there are of each source that there is. */
export function countsOf(items: readonly ClockItem[]): ReadonlyMap<ClockSource, number> {
  const counts = new Map<ClockSource, number>()
  for (const { source } of items) counts.set(source, (counts.get(source) ?? 0) + 1)
  return counts
}
