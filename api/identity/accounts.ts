import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { hashPassword } from './passwords.ts'
import type { IdentityTables, Role } from './tables.ts'

type Database = Kysely<IdentityTables>

export type Account = { readonly id: string; readonly email: string; readonly name: string; readonly role: Role }

export type NewAccount = Omit<Account, 'id'> & { readonly password: string }

/** One person, one account, however the address is typed. */
export const normalizedEmail = (email: string): string => email.trim().toLowerCase()

/** @returns undefined where the email address has an account. */
export async function createAccount(database: Database, account: NewAccount): Promise<Account | undefined> {
  const email = normalizedEmail(account.email)
  const created = { id: randomUUID(), email, name: account.name, role: account.role }
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('account')
    .ignore()
    .values({ ...created, password_hash: await hashPassword(account.password) })
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n ? created : undefined
}

export async function findAccount(database: Database, id: string): Promise<Account | undefined> {
  return database
    .selectFrom('account')
    .select(['id', 'email', 'name', 'role'])
    .where('id', '=', id)
    .where('disabled', '=', 0)
    .executeTakeFirst()
}

/** @returns undefined where there is no such account that may be used. */
export async function renameAccount(database: Database, id: string, name: string): Promise<Account | undefined> {
  await database.updateTable('account').set({ name }).where('id', '=', id).where('disabled', '=', 0).execute()
  return findAccount(database, id)
}

/** Email addresses by account. */
export async function addressesOf(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('account')
    .select(['id', 'email'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, email }) => [id, email]))
}

/** Erases a customer's name, email address and password, their devices, and the mails to them. */
export async function eraseAccount(database: Database, id: string): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('account')
      .where('id', '=', id)
      .where('role', '=', 'customer')
      .executeTakeFirstOrThrow()
    if (numDeletedRows !== 1n) return false
    const sessions = tx.selectFrom('session').select('id').where('account_id', '=', id)
    await tx.deleteFrom('refresh_token').where('session_id', 'in', sessions).execute()
    for (const table of ['session', 'password_reset', 'mail'] as const) {
      await tx.deleteFrom(table).where('account_id', '=', id).execute()
    }
    return true
  })
}

/** `proven` is the stored hash, for a password to be compared with. */
export async function findCredentials(database: Database, id: string) {
  return database
    .selectFrom('account')
    .select(['id', 'email', 'password_hash as proven'])
    .where('id', '=', id)
    .where('disabled', '=', 0)
    .executeTakeFirst()
}
