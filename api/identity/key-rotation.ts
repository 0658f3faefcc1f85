import type { Kysely, Transaction } from 'kysely'
import { inTransaction } from '../../platform/transactions.ts'
import { accessTokenSeconds } from './access-token.ts'
import { addAuditLine } from './audit-line.ts'
import { makeKey, rereadMs } from './signing-keys.ts'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>
type Actor = { readonly kind: 'command' | 'system'; readonly id: string }

/** How long others may keep our JWKS. */
export const jwksCacheSeconds = 300
/** A key is published so long before it signs: whoever checks our tokens has it by then. Room for clocks that differ. */
export const publishedMs = jwksCacheSeconds * 1000 + rereadMs + 5 * 60_000
/** And verifies so long after it has signed: processes sign with it until they hear of the change, then the token lives. */
export const retiringMs = accessTokenSeconds * 1000 + rereadMs + 5 * 60_000

/** Publishes the key that will sign next. @returns false where there is one. */
export async function prepareNext(database: Database, by: Actor, now = new Date()): Promise<boolean> {
  const key = await makeKey(now)
  return inTransaction(database, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('signing_key')
      .ignore()
      .values({ ...key, status: 'next', not_before: new Date(now.getTime() + publishedMs) })
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return false
    await addAuditLine(tx, { action: 'key.next', actor: by, target: key.kid })
    return true
  })
}

/** Lets the next key sign, once it was published long enough. @returns whether this call did it. */
export async function promoteNext(database: Database, by: Actor, now = new Date()): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    // whoever has this row locked is the only one who promotes; the others find no next key when they get it
    const next = await tx
      .selectFrom('signing_key')
      .select('kid')
      .where('slot', '=', 'next')
      .where('not_before', '<=', now)
      .forUpdate()
      .executeTakeFirst()
    if (next === undefined) return false
    await retireActive(tx, now)
    const signs = { status: 'active', not_before: now } as const
    await tx.updateTable('signing_key').set(signs).where('kid', '=', next.kid).execute()
    await addAuditLine(tx, { action: 'key.active', actor: by, target: next.kid })
    return true
  })
}

/**
 * Signs with a new key at once. A next key that was waiting goes, as nothing was signed with it: after a leak nobody
 * knows that it did not leak too.
 * @returns the new key's id; undefined where somebody else changed the active key at the same moment.
 */
export async function rotateNow(database: Database, by: Actor, now = new Date()): Promise<string | undefined> {
  const key = await makeKey(now)
  const before = await activeKid(database)
  return inTransaction(database, async (tx) => {
    const next = tx.selectFrom('signing_key').select('kid').where('slot', '=', 'next')
    // in the order of promoteNext, so that neither waits for the other for ever
    const waiting = await next.forUpdate().executeTakeFirst()
    if (before !== undefined && !(await retireActive(tx, now, before))) return undefined
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('signing_key')
      .ignore()
      .values({ ...key, status: 'active', not_before: now })
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return undefined
    if (waiting !== undefined) await tx.deleteFrom('signing_key').where('kid', '=', waiting.kid).execute()
    await addAuditLine(tx, { action: 'key.active', actor: by, target: key.kid, detail: { at: 'once' } })
    return key.kid
  })
}

/** Ends a key and every token it has signed. @returns false where there is no such key, or it signs. */
export async function revokeKey(database: Database, by: Actor, kid: string): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('signing_key')
      .where('kid', '=', kid)
      .where('status', '!=', 'active')
      .executeTakeFirstOrThrow()
    if (numDeletedRows !== 1n) return false
    await addAuditLine(tx, { action: 'key.revoked', actor: by, target: kid })
    return true
  })
}

/** Retiring keys whose last token is over. */
export async function removeRetired(database: Database, now = new Date()): Promise<void> {
  await database.deleteFrom('signing_key').where('status', '=', 'retiring').where('not_after', '<=', now).execute()
}

export const listKeys = (database: Database) =>
  database
    .selectFrom('signing_key')
    .select(['kid', 'status', 'not_before', 'not_after', 'created_at'])
    .orderBy('created_at', 'desc')
    .execute()

export async function activeKid(database: Database): Promise<string | undefined> {
  const row = await database.selectFrom('signing_key').select('kid').where('slot', '=', 'active').executeTakeFirst()
  return row?.kid
}

/** It signs no more, so nobody needs its private part. @returns false where it was not active. */
async function retireActive(tx: Transaction<IdentityTables>, now: Date, kid?: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('signing_key')
    .set({ status: 'retiring', not_after: new Date(now.getTime() + retiringMs), private_jwk: '' })
    .where('slot', '=', 'active')
    .$if(kid !== undefined, (query) => query.where('kid', '=', kid ?? ''))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
