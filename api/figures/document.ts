import { z } from '@hono/zod-openapi'
import { orderStatuses } from '../../domain/order.ts'
import { orderSaga } from '../../domain/steps/index.ts'
import { type Histogram, merged, quantile } from '../../workers/projection/figures/histogram.ts'
import type { FigureOfPart } from '../../workers/projection/figures/read.ts'
import { minuteMs, type Span } from '../../workers/projection/figures/time.ts'
import { time } from '../fields.ts'

const figures = ['placed', 'funnel', 'outcomes', 'compensations', 'confirmedAfter', 'lag', 'deadLetters'] as const

const value = z.number().nullable()

export const seriesSchema = z.object({
  figure: z.enum(figures).openapi({
    description:
      '`placed`: orders. `funnel`: those of them that came so far. `outcomes`: what they are now. `compensations`: those of ' +
      'them of which something was undone, by why: `step:code` of what failed, or `cancelled`. `confirmedAfter`: ' +
      'milliseconds from placed to confirmed. `lag`, `deadLetters`: by consumer group, the highest of each part',
  }),
  name: z.string().openapi({ example: 'payment:card_declined' }),
  values: z.array(value).readonly().openapi({ description: 'One for each part; null: nobody knows' }),
  whole: value.openapi({ description: 'Of the whole time: the sum, the quantile, or the highest' }),
})

export const figuresSchema = z
  .object({
    from: time,
    to: time.openapi({ description: 'The end of the last part, which may be still to come' }),
    minutesPerPoint: z.int(),
    points: z.array(time).readonly().openapi({ description: 'When each part begins' }),
    series: z.array(seriesSchema).readonly(),
  })
  .openapi('Figures', {
    example: {
      from: '2026-01-31T09:00:00.000Z',
      to: '2026-01-31T09:02:00.000Z',
      minutesPerPoint: 1,
      points: ['2026-01-31T09:00:00.000Z', '2026-01-31T09:01:00.000Z'],
      series: [
        { figure: 'placed', name: 'placed', values: [12, 9], whole: 21 },
        { figure: 'outcomes', name: 'delivered', values: [11, 9], whole: 20 },
        { figure: 'compensations', name: 'payment:card_declined', values: [1, 0], whole: 1 },
        { figure: 'confirmedAfter', name: 'p95', values: [840, null], whole: 840 },
      ],
    },
  })

export type Figures = z.infer<typeof figuresSchema>
type Series = z.infer<typeof seriesSchema>

const quantiles = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const
const steps = orderSaga.flat()
/** What an order that came so far is now, and stays. */
const sinceDispatch = ['dispatched', 'delivered']

/** What was read, as series of one value for each part of the time. */
export function figuresDocument(span: Span, read: readonly FigureOfPart[]): Figures {
  const parts = Array.from({ length: span.points }, (_, part) => part)
  const tables = new Map<string, FigureOfPart[]>()
  for (const one of read) {
    const key = `${one.series} ${one.name}`
    tables.set(key, [...(tables.get(key) ?? []), one])
  }
  const namesOf = (series: FigureOfPart['series']) => [
    ...new Set(read.filter((one) => one.series === series).map(({ name }) => name)),
  ]
  const rowsOf = (series: FigureOfPart['series'], names: readonly string[]) =>
    names.flatMap((name) => tables.get(`${series} ${name}`) ?? [])

  function sums(figure: Series['figure'], name: string, of: FigureOfPart['series'], names: readonly string[]): Series {
    const values = parts.map(() => 0)
    for (const { part, sum } of rowsOf(of, names)) values[part] = (values[part] ?? 0) + sum
    return { figure, name, values, whole: values.reduce((all, each) => all + each, 0) }
  }

  const known = orderStatuses.filter((status) => tables.has(`status ${status}`))
  const reached = (name: string, type: string): Series => sums('funnel', name, 'reached', [type])
  const needed = steps.filter(
    ({ onlyAboveMinor, completed }) => onlyAboveMinor === undefined || tables.has(`reached ${completed}`),
  )
  const undone = namesOf('undone').map((name) => sums('compensations', name, 'undone', [name]))
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    minutesPerPoint: span.minutesPerPoint,
    points: parts.map((part) => new Date(span.from.getTime() + part * span.minutesPerPoint * minuteMs).toISOString()),
    series: [
      sums('placed', 'placed', 'status', orderStatuses),
      sums('funnel', 'placed', 'status', orderStatuses),
      ...needed.map(({ name, completed }) => reached(name, completed)),
      reached('confirmed', 'order.confirmed'),
      sums('funnel', 'dispatched', 'status', sinceDispatch),
      sums('funnel', 'delivered', 'status', ['delivered']),
      ...known.map((status) => sums('outcomes', status, 'status', [status])),
      ...undone.toSorted((a, b) => (b.whole ?? 0) - (a.whole ?? 0) || (a.name < b.name ? -1 : 1)),
      ...times(parts, rowsOf('confirmed', namesOf('confirmed'))),
      ...namesOf('lag')
        .toSorted()
        .map((name) => highest('lag', name, parts, rowsOf('lag', [name]))),
      ...namesOf('letters')
        .toSorted()
        .map((name) => highest('deadLetters', name, parts, rowsOf('letters', [name]))),
    ],
  }
}

function times(parts: readonly number[], rows: readonly FigureOfPart[]): readonly Series[] {
  const histograms = parts.map((): Map<number, number> => new Map())
  for (const { part, name, sum } of rows) histograms[part]?.set(Number(name), sum)
  const all: Histogram = merged(histograms)
  return quantiles.map(([name, part]) => ({
    figure: 'confirmedAfter',
    name,
    values: histograms.map((one) => quantile(one, part) ?? null),
    whole: quantile(all, part) ?? null,
  }))
}

function highest(
  figure: Series['figure'],
  name: string,
  parts: readonly number[],
  rows: readonly FigureOfPart[],
): Series {
  const byPart = new Map(rows.map((row) => [row.part, row.highest]))
  const values = parts.map((part) => byPart.get(part) ?? null)
  return { figure, name, values, whole: rows.reduce((most, row) => Math.max(most, row.highest), 0) }
}
