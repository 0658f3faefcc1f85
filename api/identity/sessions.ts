import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

/** A login lasts a week at most, and a day after it was last used. */
export const lifetimeSeconds = 7 * 24 * 60 * 60
const idleMs = 24 * 60 * 60_000

/** What a login is known by to its owner. */
export type Device = { readonly userAgent: string; readonly address: string }

/** A session that is good now, of those that the query has. */
export const live = (now: Date) =>
  ({
    notRevoked: ['revoked_at', 'is', null],
    notExpired: ['expires_at', '>', now],
    notIdle: ['last_used_at', '>', new Date(now.getTime() - idleMs)],
  }) as const

export async function insertSession(
  database: Database,
  account_id: string,
  { userAgent, address }: Device,
  now: Date,
): Promise<string> {
  const id = randomUUID()
  const expires_at = new Date(now.getTime() + lifetimeSeconds * 1000)
  await database
    .insertInto('session')
    .values({ id, account_id, started_at: now, last_used_at: now, expires_at, user_agent: cut(userAgent), address })
    .execute()
  return id
}

/** The latest used first, a hundred at most. */
export async function listSessions(database: Database, accountId: string, now = new Date()) {
  const { notRevoked, notExpired, notIdle } = live(now)
  const rows = await database
    .selectFrom('session')
    .select(['id', 'started_at', 'last_used_at', 'expires_at', 'user_agent', 'address'])
    .where('account_id', '=', accountId)
    .where(...notRevoked)
    .where(...notExpired)
    .where(...notIdle)
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.started_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    userAgent: row.user_agent,
    address: row.address,
  }))
}

/** @returns false where this account has no such live session. */
export async function endSession(database: Database, accountId: string, id: string, now = new Date()) {
  const { notRevoked, notExpired, notIdle } = live(now)
  const { numUpdatedRows } = await database
    .updateTable('session')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where(...notRevoked)
    .where(...notExpired)
    .where(...notIdle)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends every login of the account, but the one that is to stay. */
export async function endSessions(database: Database, accountId: string, keep?: string): Promise<void> {
  await database
    .updateTable('session')
    .set({ revoked_at: new Date() })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .$if(keep !== undefined, (query) => query.where('id', '!=', keep ?? ''))
    .execute()
}

/** Sessions that are over by age tell of devices and places, so they are not kept. */
export async function deleteOldSessions(database: Database, before: Date): Promise<void> {
  const old = await database.selectFrom('session').select('id').where('expires_at', '<', before).limit(500).execute()
  const ids = old.map(({ id }) => id)
  if (ids.length === 0) return
  await database.deleteFrom('refresh_token').where('session_id', 'in', ids).execute()
  await database.deleteFrom('session').where('id', 'in', ids).execute()
}

const cut = (text: string): string => Array.from(text).slice(0, 200).join('')
