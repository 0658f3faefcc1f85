import { type Kysely, sql } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { endSessions } from './sessions.ts'
import type { IdentityTables, Role } from './tables.ts'

type Database = Kysely<IdentityTables>

type Wanted = {
  readonly role?: Role | undefined
  /** How the email address or the name begins. */
  readonly text?: string | undefined
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined
  readonly limit: number
}

const columns = ['id', 'email', 'name', 'role', 'disabled', 'created_at'] as const

type Row = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly disabled: number
  readonly created_at: Date
}

const documentOf = ({ disabled, created_at, ...row }: Row) => ({
  ...row,
  disabled: disabled !== 0,
  createdAt: created_at.toISOString(),
})

export type AccountDocument = ReturnType<typeof documentOf>

/** Newest first. */
export async function listAccounts(database: Database, { role, text, after, limit }: Wanted) {
  const prefix = `${(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await database
    .selectFrom('account')
    .select(columns)
    .$if(role !== undefined, (query) => query.where('role', '=', role ?? 'customer'))
    .$if(text !== undefined, (query) =>
      query.where((eb) => eb.or([eb('email', 'like', prefix.toLowerCase()), eb('name', 'like', prefix)])),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.createdAt}, ${after?.id})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(documentOf)
}

export async function readAccount(database: Database, id: string): Promise<AccountDocument | undefined> {
  const row = await database.selectFrom('account').select(columns).where('id', '=', id).executeTakeFirst()
  return row && documentOf(row)
}

export type Change = { readonly role?: Role | undefined; readonly disabled?: boolean | undefined }
export type Changed =
  | { readonly kind: 'changed'; readonly account: AccountDocument }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'lastAdmin' }

/**
 * Changes what an account may do, and ends all its logins. The enabled admins are locked first: of two changes at once
 * the second sees what the first left, so one admin always stays.
 */
export async function changeAccount(database: Database, id: string, change: Change): Promise<Changed> {
  return inTransaction(database, async (tx) => {
    const admins = await tx
      .selectFrom('account')
      .select('id')
      .where('role', '=', 'admin')
      .where('disabled', '=', 0)
      .forUpdate()
      .execute()
    const found = await tx.selectFrom('account').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
    if (found === undefined) return { kind: 'unknown' }
    const next = {
      role: change.role ?? found.role,
      disabled: change.disabled === undefined ? found.disabled : Number(change.disabled),
    }
    const account = documentOf({ ...found, ...next })
    if (next.role === found.role && next.disabled === found.disabled) return { kind: 'changed', account }
    const staysAdmin = next.role === 'admin' && next.disabled === 0
    if (!staysAdmin && admins.every((admin) => admin.id === id) && admins.length > 0) return { kind: 'lastAdmin' }
    await tx.updateTable('account').set(next).where('id', '=', id).execute()
    await tx.deleteFrom('password_reset').where('account_id', '=', id).execute()
    await endSessions(tx, id)
    return { kind: 'changed', account }
  })
}
