import type { Kysely } from 'kysely'
import { type IdentityTables, type Scope, scopes } from './tables.ts'

/** Neither revoked nor expired. */
export const live = (database: Kysely<IdentityTables>, now: Date) =>
  database
    .selectFrom('service_account')
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))

export async function isLive(database: Kysely<IdentityTables>, id: string, now = new Date()): Promise<boolean> {
  const row = await live(database, now).select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

export function readScopes(text: string): readonly Scope[] {
  const given = new Set(text.split(' '))
  return scopes.filter((scope) => given.has(scope))
}
