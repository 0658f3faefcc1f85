import type { JSONColumnType } from 'kysely'
import { uuidColumn } from '../../workers/participant/tables.ts'

export type StoredFilter = Readonly<Record<string, string | number | boolean>>

/** What somebody looks for on the order board again and again, under a name of their own. */
export type OrderFilterTable = {
  id: string
  account_id: string
  name: string
  filter: JSONColumnType<StoredFilter>
}

export const orderFiltersMigration = [
  `CREATE TABLE order_filter (
    id ${uuidColumn} PRIMARY KEY,
    account_id ${uuidColumn},
    name VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    filter JSON NOT NULL,
    UNIQUE KEY one_per_name (account_id, name)
  )`,
] as const
