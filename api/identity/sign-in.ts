import type { Kysely } from 'kysely'
import { type Account, normalizedEmail } from './accounts.ts'
import { verifyPassword } from './passwords.ts'
import { type Opened, openSession } from './refresh-tokens.ts'
import type { Device } from './sessions.ts'
import type { IdentityTables } from './tables.ts'

export type SignedIn =
  | { readonly kind: 'signedIn'; readonly account: Account; readonly opened: Opened }
  /** One refusal for the client; for the audit log, whose account was tried. */
  | { readonly kind: 'refused'; readonly accountId?: string }

/** The same work and the same answer whether the address is unknown, the password wrong or the account disabled. */
export async function signIn(
  database: Kysely<IdentityTables>,
  email: string,
  password: string,
  device: Device,
): Promise<SignedIn> {
  const row = await database
    .selectFrom('account')
    .select(['id', 'email', 'name', 'role', 'password_hash', 'disabled'])
    .where('email', '=', normalizedEmail(email))
    .executeTakeFirst()
  const isRight = await verifyPassword(row?.password_hash, password)
  if (row === undefined) return { kind: 'refused' }
  const { password_hash, disabled, ...account } = row
  const opened = isRight && disabled === 0 ? await openSession(database, account.id, device, password_hash) : undefined
  return opened === undefined ? { kind: 'refused', accountId: account.id } : { kind: 'signedIn', account, opened }
}
