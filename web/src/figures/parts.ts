import type { OrderSearch } from '../app/search.ts'
import type { Figures } from '../http/contract.ts'

export type Series = Figures['series'][number]

export const seriesOf = ({ series }: Figures, figure: Series['figure']): readonly Series[] =>
  series.filter((one) => one.figure === figure)

/** When a part of the time ends, which is when the next one begins. */
export const endOf = ({ points, to }: Figures, part: number): string => points[part + 1] ?? to

/** The orders of a part of the time, as the list of orders is asked for them. */
export const behindPart = (figures: Figures, part: number): OrderSearch => ({
  placedFrom: figures.points[part] ?? figures.from,
  placedTo: endOf(figures, part),
})

/** The orders behind a number of the whole time. */
export function behindWhole({ from, to }: Figures, { figure, name }: Pick<Series, 'figure' | 'name'>): OrderSearch {
  const time = { placedFrom: from, placedTo: to }
  if (figure === 'outcomes') return { ...time, status: name as OrderSearch['status'] & string }
  if (figure === 'compensations') return { ...time, compensated: name }
  if (figure === 'funnel' && name !== 'placed') return { ...time, reached: name }
  return time
}
