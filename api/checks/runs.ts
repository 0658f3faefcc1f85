import { type Kysely, sql } from 'kysely'
import type { IdentityTables } from '../identity/tables.ts'
import { keptSchema, type Kept, type Outcome } from './result.ts'

type Database = Kysely<IdentityTables>

export type CheckRun = Kept & { readonly beganAt: Date; readonly endedAt: Date; readonly outcome: Outcome }

/** @returns undefined where none was ever run by itself. */
export async function lastRun(database: Database): Promise<CheckRun | undefined> {
  const row = await database.selectFrom('check_run').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (row === undefined) return undefined
  const { began_at: beganAt, ended_at: endedAt, outcome, result } = row
  return { beganAt, endedAt, outcome, ...keptSchema.parse(JSON.parse(result)) }
}

/** Held by whoever runs one, and gone with its connection. */
const lock = sql<string>`CONCAT(DATABASE(), '.checks')`

export async function isUnderWay(database: Database): Promise<boolean> {
  const { rows } = await sql<{ holder: number | null }>`SELECT IS_USED_LOCK(${lock}) AS holder`.execute(database)
  return (rows[0]?.holder ?? null) !== null
}

/** So many are kept. */
const most = 100

/**
 * Runs a check if the last one ended that long ago. One process at a time: it holds a named lock on its connection,
 * which ends with it, however it ends.
 * @returns whether it ran.
 */
export async function runIfDue(
  database: Database,
  everyMs: number,
  check: () => Promise<{ readonly outcome: Outcome; readonly kept: Kept }>,
): Promise<boolean> {
  return database.connection().execute(async (connection) => {
    const { rows } = await sql<{ got: number }>`SELECT GET_LOCK(${lock}, 0) AS got`.execute(connection)
    if (Number(rows[0]?.got) !== 1) return false
    try {
      const since = new Date(Date.now() - everyMs)
      const recent = connection.selectFrom('check_run').select('id').where('ended_at', '>', since).limit(1)
      if ((await recent.executeTakeFirst()) !== undefined) return false
      const began = new Date()
      const { outcome, kept } = await check()
      const { insertId = 0n } = await connection
        .insertInto('check_run')
        .values({ began_at: began, ended_at: new Date(), outcome, result: JSON.stringify(kept) })
        .executeTakeFirstOrThrow()
      await connection
        .deleteFrom('check_run')
        .where('id', '<=', Number(insertId) - most)
        .execute()
      return true
    } finally {
      await sql`SELECT RELEASE_LOCK(${lock})`.execute(connection)
    }
  })
}
