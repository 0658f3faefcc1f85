import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { live, readScopes } from './live-service-accounts.ts'
import type { IdentityTables, Scope } from './tables.ts'

type Database = Kysely<IdentityTables>

export type NewSecret = { readonly keyId: string; readonly secret: string }

/** Known by its beginning wherever it is found by mistake. */
const prefix = 'holdfast_'

/** 256 random bits can't be guessed from their hash, so a fast one will do. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** @returns the only copy of the secret; undefined where the account has one in this slot. */
export async function insertSecret(
  database: Database,
  account_id: string,
  slot: 1 | 2,
  created_by: string,
  now: Date,
): Promise<NewSecret | undefined> {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`
  const id = randomUUID()
  const hash = hashOf(secret).toString('base64url')
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('service_account_key')
    .ignore()
    .values({ id, account_id, slot, hash, created_by, created_at: now })
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n ? { keyId: id, secret } : undefined
}

type Added =
  { readonly kind: 'added'; readonly secret: NewSecret } | { readonly kind: 'unknown' } | { readonly kind: 'full' }

/** A second secret, so that a program can change to it before the first is taken away. */
export async function addSecret(database: Database, account: string, by: string, now = new Date()): Promise<Added> {
  return inTransaction(database, async (tx) => {
    // locked, so that it can't be revoked between the two
    const known = await live(tx, now).select('id').where('id', '=', account).forUpdate().executeTakeFirst()
    if (known === undefined) return { kind: 'unknown' }
    for (const slot of [1, 2] as const) {
      const secret = await insertSecret(tx, account, slot, by, now)
      if (secret !== undefined) return { kind: 'added', secret }
    }
    return { kind: 'full' }
  })
}

/** The last one stays: an account that nobody can use is revoked instead, and says so. */
export async function removeSecret(
  database: Database,
  account: string,
  key: string,
): Promise<'removed' | 'unknown' | 'last'> {
  return inTransaction(database, async (tx) => {
    const keys = await tx
      .selectFrom('service_account_key')
      .select('id')
      .where('account_id', '=', account)
      .forUpdate()
      .execute()
    if (!keys.some(({ id }) => id === key)) return 'unknown'
    if (keys.length === 1) return 'last'
    await tx.deleteFrom('service_account_key').where('id', '=', key).execute()
    return 'removed'
  })
}

/** @returns what the account may do; undefined whether it is unknown, revoked or expired, or the secret is wrong. */
export async function checkSecret(
  database: Database,
  account: string,
  secret: string,
  now = new Date(),
): Promise<readonly Scope[] | undefined> {
  const row = await live(database, now).select('scopes').where('id', '=', account).executeTakeFirst()
  const keys = await database
    .selectFrom('service_account_key')
    .select(['id', 'hash'])
    .where('account_id', '=', account)
    .execute()
  const given = hashOf(secret)
  const key = keys.filter(({ hash }) => timingSafeEqual(Buffer.from(hash, 'base64url'), given)).at(0)
  if (row === undefined || key === undefined) return undefined
  await database.updateTable('service_account_key').set({ last_used_at: now }).where('id', '=', key.id).execute()
  await database.updateTable('service_account').set({ last_used_at: now }).where('id', '=', account).execute()
  return readScopes(row.scopes)
}
