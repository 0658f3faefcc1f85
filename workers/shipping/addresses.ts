import type { Kysely, Selectable } from 'kysely'
import type { AddressTable, ShippingTables } from './tables.ts'

type Database = Kysely<ShippingTables>

export type Address = {
  readonly name: string
  readonly line1: string
  readonly line2?: string | undefined
  readonly city: string
  readonly postalCode: string
  /** ISO 3166-1, two capital letters. */
  readonly country: string
}

export type StoredAddress = {
  /** Made from the order and the request's body, so storing it again changes nothing. */
  readonly id: string
  readonly orderId: string
  readonly customerId: string
  readonly address: Address
}

export async function storeAddress(
  database: Database,
  { id, orderId, customerId, address }: StoredAddress,
): Promise<void> {
  await database
    .insertInto('address')
    .ignore()
    .values({
      id,
      order_id: orderId,
      customer_id: customerId,
      name: address.name,
      line1: address.line1,
      line2: address.line2 ?? null,
      city: address.city,
      postal_code: address.postalCode,
      country: address.country,
    })
    .execute()
}

/** By id; an address that was erased is missing. */
export async function findAddresses(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Address>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .selectFrom('address')
    .select(['address.id', ...addressColumns])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, asAddress(row)]))
}

/** Ids of orders to somebody whose name begins so, in whatever case; some of them at most. */
export async function findOrdersByName(database: Database, prefix: string, most: number): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('address')
    .select('order_id')
    .where('name', 'like', `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
    .limit(most)
    .execute()
  return rows.map(({ order_id }) => order_id)
}

export const addressColumns = [
  'address.name',
  'address.line1',
  'address.line2',
  'address.city',
  'address.postal_code',
  'address.country',
] as const

type AddressRow = Pick<Selectable<AddressTable>, 'name' | 'line1' | 'line2' | 'city' | 'postal_code' | 'country'>

export const asAddress = ({ name, line1, line2, city, postal_code, country }: AddressRow): Address => ({
  name,
  line1,
  ...(line2 !== null && { line2 }),
  city,
  postalCode: postal_code,
  country,
})

/**
 * Erases every address a customer ever gave, and the way to labels that show one; their orders keep country and postal
 * code. @returns whether there was any.
 */
export async function eraseAddresses(database: Database, customerId: string): Promise<boolean> {
  const theirs = database.selectFrom('address').select('order_id').where('customer_id', '=', customerId)
  await database.updateTable('shipment').set({ label_url: null }).where('order_id', 'in', theirs).execute()
  const { numDeletedRows } = await database
    .deleteFrom('address')
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
