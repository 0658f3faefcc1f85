import type { Transaction } from 'kysely'
import type { ImportedProduct } from './import.ts'
import type { StockTables } from './tables.ts'

/** An import that is done once, however often it is sent. */
export type ImportKey = {
  readonly id: string
  /** Of what was sent. */
  readonly fingerprint: string
}

export type ImportAnswer = { readonly products: readonly ImportedProduct[]; readonly unchanged: number }

/**
 * Takes the id for this transaction; one that has it already is waited for.
 * @returns what came of it, where it was imported before.
 */
export async function claimImport(
  tx: Transaction<StockTables>,
  { id, fingerprint }: ImportKey,
): Promise<{ readonly fingerprint: string; readonly answer: ImportAnswer } | undefined> {
  const nothing: ImportAnswer = { products: [], unchanged: 0 }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('product_import')
    .ignore()
    .values({ id, fingerprint, answer: JSON.stringify(nothing) })
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 1n) return undefined
  return tx
    .selectFrom('product_import')
    .select(['fingerprint', 'answer'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** With what was imported, or not at all. */
export async function keepImport(tx: Transaction<StockTables>, id: string, answer: ImportAnswer): Promise<void> {
  await tx
    .updateTable('product_import')
    .set({ answer: JSON.stringify(answer) })
    .where('id', '=', id)
    .execute()
}
