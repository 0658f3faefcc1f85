import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { behind, type PageWanted } from '../../platform/behind.ts'
import { inTransaction } from '../../platform/transactions.ts'
import { readScopes } from './live-service-accounts.ts'
import { insertSecret, type NewSecret } from './service-account-keys.ts'
import type { IdentityTables, Scope } from './tables.ts'

type Database = Kysely<IdentityTables>

export type NewServiceAccount = {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt?: Date | undefined
}

/** @returns its id, and the only copy of its first secret. */
export async function createServiceAccount(
  database: Database,
  given: NewServiceAccount,
  by: string,
  now = new Date(),
): Promise<{ readonly id: string; readonly secret: NewSecret }> {
  const id = randomUUID()
  return inTransaction(database, async (tx) => {
    await tx
      .insertInto('service_account')
      .values({
        id,
        name: given.name,
        scopes: given.scopes.join(' '),
        created_by: by,
        created_at: now,
        expires_at: given.expiresAt ?? null,
      })
      .execute()
    const secret = await insertSecret(tx, id, 1, by, now)
    if (secret === undefined) throw new Error('a new service account has a secret already')
    return { id, secret }
  })
}

/** From this moment on no secret of it gets a token; tokens that it has are refused within seconds. */
export async function revokeServiceAccount(database: Database, id: string, now = new Date()): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('service_account')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Newest first, each with its secrets' ids. */
export async function listServiceAccounts(database: Database, { before, limit }: PageWanted) {
  const accounts = await database
    .selectFrom('service_account')
    .selectAll()
    .where(behind(before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  if (accounts.length === 0) return []
  const keys = await database
    .selectFrom('service_account_key')
    .select(['id', 'account_id', 'created_by', 'created_at', 'last_used_at'])
    .where(
      'account_id',
      'in',
      accounts.map(({ id }) => id),
    )
    .orderBy('created_at')
    .execute()
  return accounts.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: readScopes(row.scopes),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    keys: keys
      .filter(({ account_id }) => account_id === row.id)
      .map((key) => ({
        id: key.id,
        createdAt: key.created_at.toISOString(),
        createdBy: key.created_by,
        lastUsedAt: key.last_used_at?.toISOString() ?? null,
      })),
  }))
}
