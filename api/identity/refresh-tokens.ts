import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { type Device, insertSession, live } from './sessions.ts'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

/** A login and the only copy of its newest refresh token. */
export type Opened = { readonly sessionId: string; readonly token: string }

export type Rotated =
  | (Opened & { readonly kind: 'rotated'; readonly accountId: string })
  /** The token was used before: somebody has a copy, so every token that followed from that login is dead. */
  | { readonly kind: 'reused'; readonly accountId: string }
  | { readonly kind: 'unknown' }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * A new login with the first token of its family.
 * @param checked the stored hash that a password was compared with.
 * @returns undefined where the account was disabled or has another password meanwhile: whoever did that has ended all
 *   its logins, and this one must not come after.
 */
export async function openSession(
  database: Database,
  accountId: string,
  device: Device,
  checked?: string,
  now = new Date(),
): Promise<Opened | undefined> {
  return inTransaction(database, async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select('id')
      .where('id', '=', accountId)
      .where('disabled', '=', 0)
      .$if(checked !== undefined, (query) => query.where('password_hash', '=', checked ?? ''))
      .forUpdate()
      .executeTakeFirst()
    if (account === undefined) return undefined
    const sessionId = await insertSession(tx, accountId, device, now)
    return { sessionId, token: await issue(tx, sessionId, now) }
  })
}

/**
 * Takes the token for the one time it is good for, and gives the next of its family. Whether the family lives is asked
 * of the session's row each time, so no token that is issued meanwhile outlives its family.
 * @param key of this renewal: whoever got no answer asks again with it, and gets one more token. Of the tokens of one
 *   renewal one is good, for the one who uses it first; the others are used then, too.
 */
export async function rotateRefreshToken(
  database: Database,
  token: string,
  key?: string,
  now = new Date(),
): Promise<Rotated> {
  const hash = hashOf(token)
  const askedWith = key === undefined ? null : hashOf(`${token} ${key}`)
  const { notRevoked, notExpired, notIdle } = live(now)
  return inTransaction(database, async (tx) => {
    const row = await tx
      .selectFrom('refresh_token')
      .innerJoin('session', 'session.id', 'refresh_token.session_id')
      .select(['session.id', 'session.account_id', 'refresh_token.used_at', 'refresh_token.asked_with'])
      .where('hash', '=', hash)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return { kind: 'unknown' }
    if (row.used_at === null) {
      await use(tx, row.id, hash, row.asked_with, now)
    } else if (!(await isUnanswered(tx, row.id, askedWith))) {
      await revoke(tx, row.id, now)
      return { kind: 'reused', accountId: row.account_id }
    }
    const alive = await tx
      .updateTable('session')
      .set({ last_used_at: now })
      .where('id', '=', row.id)
      .where(...notRevoked)
      .where(...notExpired)
      .where(...notIdle)
      .executeTakeFirstOrThrow()
    if (alive.numUpdatedRows !== 1n) return { kind: 'unknown' }
    return {
      kind: 'rotated',
      sessionId: row.id,
      token: await issue(tx, row.id, now, askedWith),
      accountId: row.account_id,
    }
  })
}

/** Whose login the token belongs to, which stays as good as it was. @returns undefined where it is good no more. */
export async function accountOfRefreshToken(
  database: Database,
  token: string,
  now = new Date(),
): Promise<string | undefined> {
  const { notRevoked, notExpired, notIdle } = live(now)
  const row = await database
    .selectFrom('refresh_token')
    .innerJoin('session', 'session.id', 'refresh_token.session_id')
    .select('session.account_id')
    .where('hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where(...notRevoked)
    .where(...notExpired)
    .where(...notIdle)
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

async function issue(
  database: Database,
  session_id: string,
  now: Date,
  asked_with: string | null = null,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await database
    .insertInto('refresh_token')
    .values({ hash: hashOf(token), session_id, issued_at: now, asked_with })
    .execute()
  return token
}

/** The token, and those that were issued in its place. */
async function use(database: Database, session_id: string, hash: string, askedWith: string | null, now: Date) {
  await database
    .updateTable('refresh_token')
    .set({ used_at: now })
    .where('session_id', '=', session_id)
    .where('used_at', 'is', null)
    .where((eb) => (askedWith === null ? eb('hash', '=', hash) : eb('asked_with', '=', askedWith)))
    .execute()
}

/** Whether nobody has used what this renewal, which came before, has issued. */
async function isUnanswered(database: Database, session_id: string, askedWith: string | null): Promise<boolean> {
  if (askedWith === null) return false
  const issued = await database
    .selectFrom('refresh_token')
    .select('used_at')
    .where('session_id', '=', session_id)
    .where('asked_with', '=', askedWith)
    .execute()
  return issued.length > 0 && issued.every(({ used_at }) => used_at === null)
}

async function revoke(database: Database, id: string, now: Date): Promise<void> {
  await database
    .updateTable('session')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}
