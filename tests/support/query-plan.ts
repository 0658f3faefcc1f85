import { CompiledQuery, createQueryId, type Kysely, type RootOperationNode, sql } from 'kysely'
import { expect } from 'vitest'

/** Of every page that is asked for. */
export const limit = 21
/** An entry and its row, in each of two tables. */
export const mostPerPage = 4 * limit

/** One step of a plan, as both MariaDB and MySQL tell it. */
export type Step = Readonly<Record<'table' | 'type' | 'key' | 'rows' | 'Extra', string | number | null>>

/** What is wrong with a plan; nothing, if every step follows an index, in its order, no further than the page goes. */
export function complaints(plan: readonly Step[]): readonly string[] {
  return plan.flatMap(({ table, type, key, rows, Extra }) => {
    const where = `${table} by ${key ?? 'no index'}, ${rows} rows`
    return [
      ...(type === 'ALL' ? [`scans all of ${where}`] : []),
      // an index read from its end until the page is full is as good as it gets
      ...(type === 'index' && Number(rows) > 2 * limit ? [`scans a whole index of ${where}`] : []),
      ...(String(Extra).includes('filesort') && Number(rows) > 2 * limit ? [`sorts ${where}`] : []),
      ...(String(Extra).includes('temporary') ? [`copies ${where}`] : []),
    ]
  })
}

/** Rows and index entries that this connection has looked at since it was opened. */
async function rowsRead<Tables>(database: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ Value: string }>`SHOW SESSION STATUS
    WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts'`.execute(database)
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
}

/** MariaDB knows no other format and no word for it; MySQL draws a tree unless it is told. */
async function explainAsTable<Tables>(database: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ version: string }>`SELECT VERSION() AS version`.execute(database)
  return rows[0]?.version.includes('MariaDB') === true ? 'EXPLAIN' : 'EXPLAIN FORMAT=TRADITIONAL'
}

/** Runs a query of ours and explains whatever it sent to the database. */
export async function examine<Tables>(database: Kysely<Tables>, run: (database: Kysely<Tables>) => Promise<unknown>) {
  const nodes: RootOperationNode[] = []
  const recording = database.withPlugin({
    transformQuery: ({ node }) => {
      nodes.push(node)
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
  const idle = await rowsRead(database)
  const before = await rowsRead(database)
  await run(recording)
  const read = (await rowsRead(database)) - before - (before - idle)
  const plan: Step[] = []
  const explain = await explainAsTable(database)
  for (const node of nodes) {
    const query = database.getExecutor().compileQuery(node, createQueryId())
    const { rows } = await database.executeQuery<Step>(
      CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]),
    )
    plan.push(...rows)
  }
  return { statements: nodes.length, plan, read }
}

export type Case<Tables> = {
  readonly query: string
  readonly given?: string
  readonly run: (database: Kysely<Tables>) => Promise<unknown>
  /** What the answer may cost beyond a few rows for each of its own. */
  readonly more?: number
}

/** One statement, by an index, that reads no more than it shows. */
export async function expectGood<Tables>(database: Kysely<Tables>, { run, more = 0 }: Case<Tables>): Promise<void> {
  const { statements, plan, read } = await examine(database, run)
  expect(statements).toBe(1)
  expect(complaints(plan), JSON.stringify(plan)).toEqual([])
  expect(read, JSON.stringify(plan)).toBeLessThanOrEqual(mostPerPage + more)
}
