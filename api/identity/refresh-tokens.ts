import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

/** A login lasts a week at most, and a day after it was last used. */
export const lifetimeSeconds = 7 * 24 * 60 * 60
const idleMs = 24 * 60 * 60_000

export type Rotated =
  | { readonly kind: 'rotated'; readonly token: string; readonly accountId: string }
  /** The token was used before: somebody has a copy, so every token that followed from that login is dead. */
  | { readonly kind: 'reused'; readonly accountId: string }
  | { readonly kind: 'unknown' }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** A new login with the first token of its family. @returns the only copy of the token. */
export async function openSession(database: Database, account_id: string, now = new Date()): Promise<string> {
  const id = randomUUID()
  const expires_at = new Date(now.getTime() + lifetimeSeconds * 1000)
  return database.transaction().execute(async (tx) => {
    await tx.insertInto('session').values({ id, account_id, started_at: now, last_used_at: now, expires_at }).execute()
    return issue(tx, id, now)
  })
}

/**
 * Takes the token for the one time it is good for, and gives the next of its family. Whether the family lives is asked
 * of the session's row each time, so no token that is issued meanwhile outlives its family.
 */
export async function rotateRefreshToken(database: Database, token: string, now = new Date()): Promise<Rotated> {
  const hash = hashOf(token)
  return database.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('refresh_token')
      .set({ used_at: now })
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    const row = await tx
      .selectFrom('refresh_token')
      .innerJoin('session', 'session.id', 'refresh_token.session_id')
      .select(['session.id', 'session.account_id'])
      .where('hash', '=', hash)
      .executeTakeFirst()
    if (row === undefined) return { kind: 'unknown' }
    if (taken.numUpdatedRows !== 1n) {
      await revoke(tx, row.id, now)
      return { kind: 'reused', accountId: row.account_id }
    }
    const alive = await tx
      .updateTable('session')
      .set({ last_used_at: now })
      .where('id', '=', row.id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .where('last_used_at', '>', new Date(now.getTime() - idleMs))
      .executeTakeFirstOrThrow()
    if (alive.numUpdatedRows !== 1n) return { kind: 'unknown' }
    return { kind: 'rotated', token: await issue(tx, row.id, now), accountId: row.account_id }
  })
}

/** Whose login the token belongs to, which stays as good as it was. @returns undefined where it is good no more. */
export async function accountOfRefreshToken(
  database: Database,
  token: string,
  now = new Date(),
): Promise<string | undefined> {
  const row = await database
    .selectFrom('refresh_token')
    .innerJoin('session', 'session.id', 'refresh_token.session_id')
    .select('session.account_id')
    .where('hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_used_at', '>', new Date(now.getTime() - idleMs))
    .executeTakeFirst()
  return row?.account_id
}

/** Ends the login that the token belongs to; one that is not known ends nothing. */
export async function closeSession(database: Database, token: string, now = new Date()): Promise<void> {
  const row = await database
    .selectFrom('refresh_token')
    .select('session_id')
    .where('hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row) await revoke(database, row.session_id, now)
}

async function issue(database: Database, session_id: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await database
    .insertInto('refresh_token')
    .values({ hash: hashOf(token), session_id, issued_at: now })
    .execute()
  return token
}

async function revoke(database: Database, id: string, now: Date): Promise<void> {
  await database
    .updateTable('session')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}
