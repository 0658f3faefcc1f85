import type { Kysely } from 'kysely'
import { type Kind, orderKinds, type OrderKind } from './kinds.ts'
import type { NotificationTables } from './tables.ts'

type Database = Kysely<NotificationTables>

export type Preferences = {
  readonly orders: Readonly<Record<OrderKind, boolean>>
  readonly campaigns: boolean
}

type Row = { readonly unwanted: readonly OrderKind[]; readonly campaigns: number }

const preferencesOf = (row: Row | undefined): Preferences => ({
  orders: Object.fromEntries(orderKinds.map((kind) => [kind, !(row?.unwanted.includes(kind) ?? false)])) as Readonly<
    Record<OrderKind, boolean>
  >,
  campaigns: row?.campaigns === 1,
})

export const wants = ({ orders, campaigns }: Preferences, kind: Kind): boolean =>
  kind === 'campaign' ? campaigns : orders[kind]

/** What somebody gets who never chose. */
export const unchosen: Preferences = preferencesOf(undefined)

export async function findPreferences(
  database: Database,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Preferences>> {
  if (customerIds.length === 0) return new Map()
  const rows = await database
    .selectFrom('preference')
    .selectAll()
    .where('customer_id', 'in', [...new Set(customerIds)])
    .execute()
  return new Map(rows.map((row) => [row.customer_id, preferencesOf(row)]))
}

export async function readPreferences(database: Database, customerId: string): Promise<Preferences> {
  return (await findPreferences(database, [customerId])).get(customerId) ?? unchosen
}

export async function savePreferences(database: Database, customerId: string, chosen: Preferences): Promise<void> {
  const unwanted = JSON.stringify(orderKinds.filter((kind) => !chosen.orders[kind]))
  const row = { unwanted, campaigns: chosen.campaigns ? 1 : 0 }
  await database
    .insertInto('preference')
    .values({ customer_id: customerId, ...row })
    .onDuplicateKeyUpdate(row)
    .execute()
}

/** Their choices; there is no address to erase. What waits for them finds no account and goes nowhere. */
export async function erasePreferences(database: Database, customerId: string): Promise<void> {
  await database.deleteFrom('preference').where('customer_id', '=', customerId).execute()
}
