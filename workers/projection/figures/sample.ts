import { type Kysely, sql } from 'kysely'
import type { GroupWatch } from '../../../events/groups.ts'
import { groups } from '../../../events/topics.ts'
import type { OrdersTables } from '../tables.ts'
import { minuteOf, shownDays } from './time.ts'

type Database = Kysely<OrdersTables>

/**
 * Writes down how far the groups are behind and how many dead letters are open, once a minute, whoever is first. While
 * Kafka does not tell, the minute has no lag, and none is made up.
 */
export async function takeSample(database: Database, readGroups: GroupWatch['read'], now: Date): Promise<void> {
  const minute = minuteOf(now)
  const [health, letters] = await Promise.all([readGroups(), countOpenLetters(database)])
  const lags = [...(health ?? [])].map(([group, { lag }]) => ({ series: 'lag' as const, name: group, value: lag }))
  const open = groups.map((group) => ({ series: 'letters' as const, name: group, value: letters.get(group) ?? 0 }))
  await database
    .insertInto('figure')
    .ignore()
    .values([...lags, ...open].map((one) => ({ minute, ...one })))
    .execute()
}

/** By an index alone. */
export async function countOpenLetters(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('dead_letter')
    .select('consumer_group as group')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('state', '=', 'open')
    .groupBy('consumer_group')
    .execute()
  return new Map(rows.map(({ group, count }) => [group, Number(count)]))
}

const purgedAtOnce = 5_000

/** Deletes figures that are too old to be shown, a part at a time. */
export async function purgeFigures(database: Database, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - shownDays * 24 * 3600_000)
  for (let deleted = purgedAtOnce; deleted === purgedAtOnce;) {
    const { numAffectedRows = 0n } = await sql`
      DELETE FROM figure WHERE minute < ${oldest} LIMIT ${sql.lit(purgedAtOnce)}`.execute(database)
    deleted = Number(numAffectedRows)
  }
}
