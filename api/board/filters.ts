import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { StoredFilter } from '../identity/order-filter-table.ts'
import type { IdentityTables } from '../identity/tables.ts'

type Database = Kysely<IdentityTables>

export type SavedFilter = { readonly id: string; readonly name: string; readonly filter: StoredFilter }

/** Of one account. */
export const mostFilters = 20

export const listFilters = (database: Database, accountId: string): Promise<readonly SavedFilter[]> =>
  database
    .selectFrom('order_filter')
    .select(['id', 'name', 'filter'])
    .where('account_id', '=', accountId)
    .orderBy('name')
    .limit(mostFilters)
    .execute()

/** Under a name that the account has already it takes the place of that one. @returns undefined where it has too many. */
export async function keepFilter(
  database: Database,
  accountId: string,
  name: string,
  filter: { readonly [name: string]: StoredFilter[string] | undefined },
): Promise<SavedFilter | undefined> {
  const text = JSON.stringify(filter)
  await database
    .updateTable('order_filter')
    .set({ filter: text })
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .execute()
  await sql`INSERT IGNORE INTO order_filter (id, account_id, name, filter)
    SELECT ${randomUUID()}, ${accountId}, ${name}, ${text} FROM DUAL
    WHERE (SELECT COUNT(*) FROM order_filter AS kept WHERE kept.account_id = ${accountId}) < ${mostFilters}`.execute(
    database,
  )
  return database
    .selectFrom('order_filter')
    .select(['id', 'name', 'filter'])
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .executeTakeFirst()
}

/** @returns false where the account has none of this id. */
export async function dropFilter(database: Database, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('order_filter')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
