import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** A page of a list whose newest row comes first; the next one begins behind the last row of this one. */
export type PageWanted = {
  readonly before?: readonly [createdAt: Date, id: string] | undefined
  readonly limit: number
}

/** The rows behind that one, of a table with `created_at` and `id`; all of them on the first page. */
export const behind = (before: PageWanted['before']): RawBuilder<SqlBool> =>
  before === undefined ? sql`TRUE` : sql`(created_at, id) < (${before[0]}, ${before[1]})`
