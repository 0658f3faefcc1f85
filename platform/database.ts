import { Kysely, MysqlDialect, sql } from 'kysely'
import { createPool, type Pool } from 'mysql2'
import type { Config } from './config.ts'
import { repeatingDialect } from './repeating-dialect.ts'
import { tlsOf } from './tls.ts'
import { watchPool } from './pools.ts'

/** The services' databases. Nobody but its service opens one; the API opens those whose queries it calls. */
export const serviceDatabases = [
  'identity',
  'notification',
  'orders',
  'payment',
  'shipping',
  'stock',
  'webhook',
] as const
export type ServiceDatabase = (typeof serviceDatabases)[number]
export type DatabaseName = ServiceDatabase | 'orders_rebuilt'

/**
 * A pool on one service's own database: UTC, READ COMMITTED (with REPEATABLE READ a guarded update deadlocks on gaps),
 * JSON parsed, BIGINT as a number up to 2^53-1. A single statement that fell victim to a deadlock is done again.
 */
export function openDatabase<Tables>(config: Config, name: DatabaseName, connections = 8): Kysely<Tables> {
  const dialect = new MysqlDialect({ pool: openPool(config, name, connections) })
  return new Kysely<Tables>({ dialect: repeatingDialect(dialect) })
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
  const tls = tlsOf(config, 'DATABASE')
  return {
    uri: config.DATABASE_URL,
    // without verifyIdentity any certificate of the CA would do
    ...(tls !== undefined && { ssl: { ...tls, minVersion: 'TLSv1.2', verifyIdentity: true } }),
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
