import { type Kysely, sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import { databaseName, openServer } from '../../platform/database.ts'
import type { ServiceDatabase } from '../../platform/database.ts'

type Ageing = { readonly database: ServiceDatabase; readonly set: string; readonly where: string }

/** What is kept for longer than a soak lasts is made older by that time. `NOW` and `LIMIT` stand for now and the age. */
const ageings: readonly Ageing[] = [
  {
    database: 'identity',
    set: 'session SET expires_at = expires_at - INTERVAL 30 DAY',
    where: 'started_at < LIMIT AND expires_at > NOW',
  },
  {
    database: 'identity',
    set: 'mail SET queued_at = queued_at - INTERVAL 60 DAY',
    where: "queued_at < LIMIT AND queued_at > NOW - INTERVAL 30 DAY AND state <> 'waiting'",
  },
  {
    database: 'identity',
    set: 'password_reset SET expires_at = expires_at - INTERVAL 30 DAY',
    where: 'expires_at > NOW',
  },
  {
    database: 'webhook',
    set: 'delivery SET created_at = created_at - INTERVAL 60 DAY',
    where: "created_at < LIMIT AND created_at > NOW - INTERVAL 30 DAY AND status <> 'pending'",
  },
  {
    database: 'notification',
    set: 'message SET settled_at = settled_at - INTERVAL 60 DAY',
    where: 'settled_at < LIMIT AND settled_at > NOW - INTERVAL 30 DAY',
  },
  {
    // kept for a day, however short `INBOX_KEPT_MINUTES` is
    database: 'shipping',
    set: 'webhook_event SET received_at = received_at - INTERVAL 60 DAY',
    where: "state = 'parked' AND received_at < LIMIT AND received_at > NOW - INTERVAL 30 DAY",
  },
]

/** As if more than a month had gone by since whatever is older than that. */
export async function age(config: Config, olderThanMs: number): Promise<void> {
  const server: Kysely<Record<string, never>> = openServer(config)
  try {
    for (const { database, set, where } of ageings) {
      const limit = `(UTC_TIMESTAMP(3) - INTERVAL ${Math.round(olderThanMs / 1000)} SECOND)`
      const filter = where.replaceAll('LIMIT', limit).replaceAll('NOW', 'UTC_TIMESTAMP(3)')
      await sql.raw(`UPDATE ${databaseName(config, database)}.${set} WHERE ${filter}`).execute(server)
    }
  } finally {
    await server.destroy()
  }
}
