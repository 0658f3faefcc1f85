import type { Kysely } from 'kysely'

/**
 * The little of `identity` that this service may read, and only reads: the address of whoever is written to, at the
 * moment it is written (docs/decisions/0019). Nothing of it is stored.
 */
export type AddressTables = {
  readonly account: { readonly id: string; readonly email: string; readonly disabled: number }
}

export type Addressee = { readonly email: string; readonly disabled: boolean }

/** By customer; who has no account, or no more, is not in it. */
export async function findAddresses(
  identity: Kysely<AddressTables>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Addressee>> {
  if (customerIds.length === 0) return new Map()
  const rows = await identity
    .selectFrom('account')
    .select(['id', 'email', 'disabled'])
    .where('id', 'in', [...new Set(customerIds)])
    .execute()
  return new Map(rows.map(({ id, email, disabled }) => [id, { email, disabled: disabled !== 0 }]))
}
