import { Kysely, MysqlDialect, sql } from 'kysely'
import { createPool, type Pool } from 'mysql2'
import type { Config } from './config.ts'
import { watchPool } from './pools.ts'

/** The services' databases. Nobody but its service opens one; the API opens those whose queries it calls. */
export type DatabaseName =
  'identity' | 'notification' | 'orders' | 'orders_rebuilt' | 'payment' | 'shipping' | 'stock' | 'webhook'

/**
 * A pool on one service's own database: UTC, READ COMMITTED (with REPEATABLE READ a guarded update deadlocks on gaps),
 * JSON parsed, BIGINT as a number up to 2^53-1.
 */
export function openDatabase<Tables>(config: Config, name: DatabaseName, connections = 8): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new MysqlDialect({ pool: openPool(config, name, connections) }) })
}

/** The same for a library that brings its own SQL. */
export function openPool(config: Config, name: DatabaseName, connections: number): Pool {
  const pool = createPool({ ...options(config), database: databaseName(config, name), connectionLimit: connections })
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  })
  watchPool(pool, name, connections)
  return pool
}

/** Without a database: for creating them. */
export function openServer(config: Config): Kysely<Record<string, never>> {
  return new Kysely({ dialect: new MysqlDialect({ pool: createPool({ ...options(config), connectionLimit: 1 }) }) })
}

export const databaseName = (config: Config, name: DatabaseName): string => `${config.DATABASE_PREFIX}${name}`

/** @throws if the database does not answer. */
export async function ping<Tables>(database: Kysely<Tables>): Promise<void> {
  await sql`SELECT 1`.execute(database)
}

function options(config: Config) {
  return {
    uri: config.DATABASE_URL,
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    jsonStrings: false,
    connectTimeout: 5_000,
    enableKeepAlive: true,
    waitForConnections: true,
    maxIdle: 4,
    idleTimeout: 60_000,
  } as const
}
