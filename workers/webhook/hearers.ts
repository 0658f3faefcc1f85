import type { Kysely } from 'kysely'
import type { Owner } from './endpoints.ts'
import type { WebhookTables } from './tables.ts'

export type { Owner }
type Database = Kysely<WebhookTables>

/** Owners of enabled endpoints that are told of all orders. */
export const listHearersOfAll = (database: Database): Promise<Owner[]> =>
  database
    .selectFrom('endpoint')
    .select(['owner_kind as kind', 'owner_id as id'])
    .distinct()
    .where('owner_kind', 'in', ['admin', 'program'])
    .where('disabled_by', 'is', null)
    .execute()

export async function disableOwned(database: Database, { kind, id }: Owner): Promise<void> {
  await database
    .updateTable('endpoint')
    .set({ disabled_by: 'no_access', disabled_at: new Date() })
    .where('owner_id', '=', id)
    .where('owner_kind', '=', kind)
    .where('disabled_by', 'is', null)
    .execute()
}
