import { type Kysely, sql } from 'kysely'
import type { OrdersTables } from '../tables.ts'
import type { FigureSeries } from './tables.ts'
import type { Span } from './time.ts'

/** A number of one part of the time: added up over its minutes, and the highest of them. */
export type FigureOfPart = {
  readonly part: number
  readonly series: FigureSeries
  readonly name: string
  readonly sum: number
  readonly highest: number
}

/** Of every part that has any, by the key of the table. */
export async function readFigures(
  database: Kysely<OrdersTables>,
  { from, to, minutesPerPoint }: Span,
): Promise<readonly FigureOfPart[]> {
  const part = sql<number>`TIMESTAMPDIFF(MINUTE, ${from}, minute) DIV ${sql.lit(minutesPerPoint)}`
  const rows = await database
    .selectFrom('figure')
    .select([part.as('part'), 'series', 'name'])
    .select(({ fn }) => [fn.sum<number | string>('value').as('sum'), fn.max<number | string>('value').as('highest')])
    .where('minute', '>=', from)
    .where('minute', '<', to)
    .groupBy(['part', 'series', 'name'])
    .execute()
  return rows.map((row) => ({
    ...row,
    part: Number(row.part),
    sum: Number(row.sum),
    highest: Number(row.highest),
  }))
}
