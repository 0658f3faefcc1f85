import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { normalizedEmail } from './accounts.ts'
import { queueMail } from './mail-queue.ts'
import { changedLetter, resetLetter } from './mails.ts'
import { hashPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

export const resetMs = 30 * 60_000
const dayMs = 24 * 3600_000

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/**
 * A new link for whoever has this address, in place of an older one. For an address without an account, or with a
 * disabled one, the same rows are written for nobody, so that neither answer nor time tells which it is: their mail is
 * to no one, and the sender throws it away.
 * @returns the account, for the audit log.
 */
export async function askForReset(
  database: Database,
  email: string,
  publicUrl: string,
  now = new Date(),
): Promise<string | undefined> {
  const account = await database
    .selectFrom('account')
    .select(['id', 'email'])
    .where('email', '=', normalizedEmail(email))
    .where('disabled', '=', 0)
    .executeTakeFirst()
  const to = account ? { accountId: account.id, email: account.email } : { accountId: randomUUID(), email: '' }
  const token = randomBytes(32).toString('base64url')
  const row = { hash: hashOf(token), expires_at: new Date(now.getTime() + resetMs) }
  await inTransaction(database, async (tx) => {
    await tx
      .insertInto('password_reset')
      .values({ account_id: to.accountId, ...row })
      .onDuplicateKeyUpdate(row)
      .execute()
    await queueMail(tx, to, resetLetter(publicUrl, token), { now, expiresAt: row.expires_at })
  })
  return account?.id
}

/** Uses the link up and ends every login of the account. @returns the account, or undefined where the link is not good. */
export async function useReset(
  database: Database,
  token: string,
  password: string,
  now = new Date(),
): Promise<string | undefined> {
  const hash = hashOf(token)
  // asked first, as hashing a password is work that not everybody shall be able to cause
  if ((await accountOf(database, hash, now)) === undefined) return undefined
  const password_hash = await hashPassword(password)
  return inTransaction(database, async (tx) => {
    const account = await accountOf(tx, hash, now)
    if (account === undefined) return undefined
    const changed = await tx
      .updateTable('account')
      .set({ password_hash })
      .where('id', '=', account.id)
      .where('disabled', '=', 0)
      .executeTakeFirstOrThrow()
    const { numDeletedRows: used } = await tx
      .deleteFrom('password_reset')
      .where('hash', '=', hash)
      .where('expires_at', '>', now)
      .executeTakeFirstOrThrow()
    if (changed.numUpdatedRows !== 1n || used !== 1n) throw new UsedMeanwhile()
    await endSessions(tx, account.id)
    await tellChanged(tx, account, now)
    return account.id
  }).catch((error: unknown) => {
    if (error instanceof UsedMeanwhile) return undefined
    throw error
  })
}

/** Of two uses at once, one; thrown so that its other half is rolled back. */
class UsedMeanwhile extends Error {
  override readonly name = 'UsedMeanwhile'
}

/** A new password in place of one that was just proven. Ends every other login, and a link that may be on its way. */
export async function replacePassword(
  database: Database,
  account: { readonly id: string; readonly email: string; readonly proven: string },
  password: string,
  keepSession: string | undefined,
  now = new Date(),
): Promise<boolean> {
  const password_hash = await hashPassword(password)
  return inTransaction(database, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('account')
      .set({ password_hash })
      .where('id', '=', account.id)
      .where('password_hash', '=', account.proven)
      .where('disabled', '=', 0)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) return false
    await tx.deleteFrom('password_reset').where('account_id', '=', account.id).execute()
    await endSessions(tx, account.id, keepSession)
    await tellChanged(tx, account, now)
    return true
  })
}

const tellChanged = (tx: Database, { id, email }: { readonly id: string; readonly email: string }, now: Date) =>
  queueMail(tx, { accountId: id, email }, changedLetter(), { now, expiresAt: new Date(now.getTime() + dayMs) })

const accountOf = (database: Database, hash: string, now: Date) =>
  database
    .selectFrom('password_reset')
    .innerJoin('account', 'account.id', 'password_reset.account_id')
    .select(['account.id', 'account.email'])
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .where('disabled', '=', 0)
    .executeTakeFirst()
