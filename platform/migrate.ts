import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import type { Config } from './config.ts'
import { type DatabaseName, databaseName, openDatabase, openServer } from './database.ts'

/** Statements by migration name, in the order of their names. Forward only: what has run is never edited. */
export type Migrations = Readonly<Record<string, readonly string[]>>

/**
 * Creates the service's database where it is missing and runs what has not run yet. Of two that run at once, one waits
 * for the other: the migrator holds a named lock of the server, which goes with its connection should it be killed.
 * @returns the names of the migrations that ran.
 */
export async function migrate(config: Config, name: DatabaseName, migrations: Migrations): Promise<readonly string[]> {
  const server = openServer(config)
  try {
    await sql`CREATE DATABASE IF NOT EXISTS ${sql.id(databaseName(config, name))} CHARACTER SET utf8mb4`.execute(server)
  } finally {
    await server.destroy()
  }
  const database = openDatabase<Record<string, never>>(config, name, 1)
  try {
    const { error, results } = await migratorOf(database, migrations).migrateToLatest()
    const failed = results?.find((result) => result.status === 'Error')
    if (error !== undefined) {
      throw new Error(`migration ${failed?.migrationName ?? '(none begun)'} of ${name} failed`, { cause: error })
    }
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await database.destroy()
  }
}

/** The SQL that `migrate` would run now, with a comment before each migration; nothing is changed and nothing is locked. */
export async function plannedSql(
  config: Config,
  name: DatabaseName,
  migrations: Migrations,
): Promise<readonly string[]> {
  const schema = databaseName(config, name)
  const open = Object.entries(migrations).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const written = (wanted: typeof open) =>
    wanted.flatMap(([migration, statements]) => [
      `-- ${name}: ${migration}`,
      ...statements.map((statement) => `${statement.trim()};`),
    ])
  if (!(await exists(config, schema))) {
    return [
      `CREATE DATABASE IF NOT EXISTS \`${schema}\` CHARACTER SET utf8mb4;`,
      `USE \`${schema}\`;`,
      ...written(open),
    ]
  }
  const database = openDatabase<Record<string, never>>(config, name, 1)
  try {
    const known = await migratorOf(database, migrations).getMigrations()
    const done = new Set(known.filter(({ executedAt }) => executedAt !== undefined).map((each) => each.name))
    const missing = open.filter(([migration]) => !done.has(migration))
    return missing.length === 0 ? [] : [`USE \`${schema}\`;`, ...written(missing)]
  } finally {
    await database.destroy()
  }
}

async function exists(config: Config, schema: string): Promise<boolean> {
  const server = openServer(config)
  try {
    const found = await sql`SELECT 1 FROM information_schema.schemata WHERE schema_name = ${schema}`.execute(server)
    return found.rows.length > 0
  } finally {
    await server.destroy()
  }
}

const migratorOf = (database: Kysely<Record<string, never>>, migrations: Migrations): Migrator =>
  new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(asMigrations(migrations)) } })

function asMigrations(migrations: Migrations): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, statements]) => [
      name,
      {
        up: async (database: Parameters<Migration['up']>[0]) => {
          for (const statement of statements) await sql.raw(statement).execute(database)
        },
      },
    ]),
  )
}
