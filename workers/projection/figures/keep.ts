import { type Kysely, sql } from 'kysely'
import type { GroupWatch } from '../../../events/groups.ts'
import type { OrdersTables } from '../tables.ts'
import { foldDue } from './fold.ts'
import { purgeFigures, takeSample } from './sample.ts'
import { minuteOf } from './time.ts'

type Database = Kysely<OrdersTables>

const purgeEveryMs = 3600_000

/**
 * Keeps the figures: each call does what is due, unless another process is at it. The lock is held by a connection of
 * its own, and given back with it.
 */
export function makeFigureKeeper(database: Database, readGroups: GroupWatch['read']) {
  let sampled = 0
  let purged = 0

  async function keep(now: Date): Promise<number> {
    const minute = minuteOf(now).getTime()
    if (minute > sampled) {
      await takeSample(database, readGroups, now)
      sampled = minute
    }
    if (now.getTime() - purged > purgeEveryMs) {
      await purgeFigures(database, now)
      purged = now.getTime()
    }
    return foldDue(database)
  }

  /** @returns how many minutes were counted. */
  return (now = new Date()): Promise<number> =>
    database.connection().execute(async (connection) => {
      const name = sql`CONCAT(DATABASE(), '.figures')`
      const { rows } = await sql<{ got: number }>`SELECT GET_LOCK(${name}, 0) AS got`.execute(connection)
      if (rows[0]?.got !== 1) return 0
      try {
        return await keep(now)
      } finally {
        await sql`SELECT RELEASE_LOCK(${name})`.execute(connection)
      }
    })
}
