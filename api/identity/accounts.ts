import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { hashPassword, verifyPassword } from './passwords.ts'
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

/** @returns undefined whether the address is unknown, the password wrong or the account disabled. */
export async function checkPassword(database: Database, email: string, password: string): Promise<Account | undefined> {
  const row = await database
    .selectFrom('account')
    .select(['id', 'email', 'name', 'role', 'password_hash'])
    .where('email', '=', normalizedEmail(email))
    .where('disabled', '=', 0)
    .executeTakeFirst()
  if (!(await verifyPassword(row?.password_hash, password)) || row === undefined) return undefined
  const { password_hash: _, ...account } = row
  return account
}

export async function findAccount(database: Database, id: string): Promise<Account | undefined> {
  return database
    .selectFrom('account')
    .select(['id', 'email', 'name', 'role'])
    .where('id', '=', id)
    .where('disabled', '=', 0)
    .executeTakeFirst()
}

/** Erases a customer's name, email address and password; what is left of their sessions leads nowhere. */
export async function eraseAccount(database: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('account')
    .where('id', '=', id)
    .where('role', '=', 'customer')
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
