import { type Kysely, sql } from 'kysely'
import type { Difference } from './compare.ts'
import { foldedTables, type Schemas } from './tables.ts'

type Server = Kysely<Record<string, never>>

/** Puts the rebuilt tables in the place of those that readers see, all in one moment; these are kept beside, as `former_`. */
export async function swap(server: Server, { live, rebuilt }: Schemas): Promise<void> {
  const moves = foldedTables.flatMap(({ name }) => [
    sql`${sql.table(`${live}.${name}`)} TO ${sql.table(`${rebuilt}.former_${name}`)}`,
    sql`${sql.table(`${rebuilt}.${name}`)} TO ${sql.table(`${live}.${name}`)}`,
  ])
  await sql`RENAME TABLE ${sql.join(moves)}`.execute(server)
}

/** Rows to a statement. */
const atOnce = 500

/**
 * Puts single rebuilt rows in the place of those that readers see, where these are not newer: for a part of the topic,
 * which can't replace whole tables.
 */
export async function repair(server: Server, { live, rebuilt }: Schemas, wrong: readonly Difference[]): Promise<void> {
  for (const { name, keys, ...table } of foldedTables) {
    const rows = wrong.filter((one) => one.table === name)
    for (let from = 0; from < rows.length; from += atOnce) {
      const these = sql.join(rows.slice(from, from + atOnce).map(({ key }) => sql.lit(key)))
      const key = sql`CONCAT_WS(':', ${sql.join(keys.map((one) => sql.ref(`rebuilt.${one}`)))})`
      const newer =
        'version' in table
          ? sql`AND NOT EXISTS (SELECT 1 FROM ${sql.table(`${live}.${name}`)} AS live WHERE ${sql.join(
              keys.map((one) => sql`live.${sql.ref(one)} = rebuilt.${sql.ref(one)}`),
              sql` AND `,
            )} AND live.${sql.ref(table.version)} > rebuilt.${sql.ref(table.version)})`
          : sql``
      await sql`
        REPLACE INTO ${sql.table(`${live}.${name}`)}
        SELECT rebuilt.* FROM ${sql.table(`${rebuilt}.${name}`)} AS rebuilt WHERE ${key} IN (${these}) ${newer}
      `.execute(server)
    }
  }
}
