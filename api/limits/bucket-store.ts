import { type Kysely, sql } from 'kysely'
import type { IdentityTables } from '../identity/tables.ts'

/** What somebody has spent in one process since it last told. */
export type Spending = {
  readonly key: string
  readonly calls: number
  /** In what time it drains. */
  readonly spentMs: number
  /** How long ago the first of these calls was. */
  readonly sinceMs: number
}

export type BucketStore = {
  /** Adds to the buckets that all processes share. @returns how many milliseconds each of them takes to drain now. */
  readonly add: (spendings: readonly Spending[]) => Promise<ReadonlyMap<string, number>>
}

/** For a process that has no others beside it. */
export const noStore: BucketStore = { add: async () => new Map() }

const rowsAtOnce = 500
const purgeEveryMs = 60_000

/** One row per bucket; its clock is the database's, so those of the processes may differ. */
export function keepBuckets(database: Kysely<IdentityTables>): BucketStore {
  let purgedAt = 0
  return {
    async add(spendings) {
      // in one order everywhere: rows locked in different orders would be a deadlock
      const sorted = spendings.toSorted((a, b) => (a.key < b.key ? -1 : 1))
      const full = new Map<string, number>()
      for (let from = 0; from < sorted.length; from += rowsAtOnce) {
        const some = sorted.slice(from, from + rowsAtOnce)
        await addSome(database, some)
        const keys = some.map(({ key }) => key)
        for (const { key, fullMs } of await readSome(database, keys)) full.set(key, Number(fullMs))
      }
      if (Date.now() - purgedAt > purgeEveryMs) {
        purgedAt = Date.now()
        await sql`DELETE FROM limit_bucket WHERE drained_at < ${nowMs} - 60000 LIMIT 10000`.execute(database)
      }
      return full
    },
  }
}

const nowMs = sql`ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)`

/** The calls fill the bucket from the time of the first one on: what has drained since is not held against anybody. */
async function addSome(database: Kysely<IdentityTables>, spendings: readonly Spending[]): Promise<void> {
  const rows = spendings.map(
    ({ key, spentMs, sinceMs }) => sql`(${key}, ${spentMs}, ${nowMs} - ${Math.round(sinceMs)} + ${spentMs})`,
  )
  await sql`INSERT INTO limit_bucket (bucket, spent_ms, drained_at) VALUES ${sql.join(rows)}
    ON DUPLICATE KEY UPDATE
      drained_at = GREATEST(drained_at, VALUES(drained_at) - VALUES(spent_ms)) + VALUES(spent_ms),
      spent_ms = VALUES(spent_ms)`.execute(database)
}

async function readSome(database: Kysely<IdentityTables>, keys: readonly string[]) {
  const { rows } = await sql<{ key: string; fullMs: number | string }>`
    SELECT bucket AS \`key\`, GREATEST(drained_at - ${nowMs}, 0) AS fullMs
    FROM limit_bucket WHERE bucket IN (${sql.join(keys)})`.execute(database)
  return rows
}
