import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type FoldedTable, foldedTables, type Schemas } from './tables.ts'

export type Difference = {
  readonly table: string
  /** The row's key, its parts joined by `:`. */
  readonly key: string
  /** What is wrong with the row that readers see. */
  readonly kind: 'missing' | 'behind' | 'different' | 'unexplained'
}

/** More than that of one kind in one table is a projection that never was right: that many tell so. */
const most = 10_000

type Server = Kysely<Record<string, never>>

/**
 * Every row that readers see and that is not what the topic says. A row that is ahead of the rebuilt one is none: the
 * topic goes on while this runs.
 * @param whole whether the rebuilt tables have every order: only then is a row too many one.
 */
export async function compare(server: Server, schemas: Schemas, whole: boolean): Promise<readonly Difference[]> {
  const found: Difference[] = []
  for (const table of foldedTables) {
    const columns = await columnsOf(server, schemas, table)
    for (const [kind, query] of questions(table, columns, schemas, whole)) {
      const { rows } = await query.execute(server)
      found.push(...rows.map(({ key }) => ({ table: table.name, key, kind })))
    }
  }
  return found
}

type Question = readonly [Difference['kind'], RawBuilder<{ key: string }>]

function questions(table: FoldedTable, columns: readonly string[], schemas: Schemas, whole: boolean): Question[] {
  const { keys, version } = table
  const live = sql`${sql.table(`${schemas.live}.${table.name}`)} AS live`
  const rebuilt = sql`${sql.table(`${schemas.rebuilt}.${table.name}`)} AS rebuilt`
  const on = sql.join(
    keys.map((key) => sql`live.${sql.ref(key)} = rebuilt.${sql.ref(key)}`),
    sql` AND `,
  )
  const first = sql.ref(keys[0] ?? '')
  const key = (of: 'live' | 'rebuilt') =>
    sql`CONCAT_WS(':', ${sql.join(keys.map((one) => sql.ref(`${of}.${one}`)))}) AS \`key\``
  const limit = sql`LIMIT ${sql.lit(most)}`
  const same = sql.join(
    columns.map((column) => sql`live.${sql.ref(column)} <=> rebuilt.${sql.ref(column)}`),
    sql` AND `,
  )
  const atSameVersion = version === undefined ? sql`` : sql`live.${sql.ref(version)} = rebuilt.${sql.ref(version)} AND`
  const asked: Question[] = [
    [
      'missing',
      sql`SELECT ${key('rebuilt')} FROM ${rebuilt} LEFT JOIN ${live} ON ${on} WHERE live.${first} IS NULL ${limit}`,
    ],
    [
      'different',
      sql`SELECT ${key('live')} FROM ${live} JOIN ${rebuilt} ON ${on} WHERE ${atSameVersion} NOT (${same}) ${limit}`,
    ],
  ]
  if (version !== undefined) {
    const older = sql`live.${sql.ref(version)} < rebuilt.${sql.ref(version)}`
    asked.push(['behind', sql`SELECT ${key('live')} FROM ${live} JOIN ${rebuilt} ON ${on} WHERE ${older} ${limit}`])
  }
  if (whole) {
    asked.push([
      'unexplained',
      sql`SELECT ${key('live')} FROM ${live} LEFT JOIN ${rebuilt} ON ${on} WHERE rebuilt.${first} IS NULL ${limit}`,
    ])
  }
  return asked
}

/** Asked of the database, so that no column of a later migration is forgotten here. */
async function columnsOf(server: Server, { live }: Schemas, { name }: FoldedTable): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT column_name AS name FROM information_schema.columns WHERE table_schema = ${live} AND table_name = ${name}
  `.execute(server)
  return rows.map((row) => row.name)
}

/** What both say. A row that was only on its way at one moment is no difference. */
export function lasting(first: readonly Difference[], second: readonly Difference[]): readonly Difference[] {
  const idOf = ({ table, key, kind }: Difference) => `${table} ${key} ${kind}`
  const before = new Set(first.map(idOf))
  return second.filter((one) => before.has(idOf(one)))
}
