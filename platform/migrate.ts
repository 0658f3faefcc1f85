import { type Migration, Migrator, sql } from 'kysely'
import type { Config } from './config.ts'
import { type DatabaseName, databaseName, openDatabase, openServer } from './database.ts'

/** Statements by migration name, in the order of their names. Forward only: what has run is never edited. */
export type Migrations = Readonly<Record<string, readonly string[]>>

/**
 * Creates the service's database where it is missing and runs what has not run yet, under the migrator's lock.
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
    const provider = { getMigrations: () => Promise.resolve(asMigrations(migrations)) }
    const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest()
    const failed = results?.find((result) => result.status === 'Error')
    if (error !== undefined) {
      throw new Error(`migration ${failed?.migrationName ?? '(none begun)'} of ${name} failed`, { cause: error })
    }
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await database.destroy()
  }
}

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
