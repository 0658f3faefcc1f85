import type { Kysely, Selectable } from 'kysely'
import { inTransaction } from '../../../platform/transactions.ts'
import type { OrdersTables } from '../tables.ts'
import type { DeadLetterTable, Difference } from './tables.ts'

export type LetterRow = Selectable<DeadLetterTable>

export type Act = {
  readonly kind: 'redriven' | 'discarded'
  readonly by: { readonly kind: string; readonly id: string }
  readonly reason: string
}
export type Edit = { readonly body: Buffer; readonly difference: Difference }

/**
 * Notes what is to happen to these letters, all in one transaction; the relay sends what is to be redriven. Only open
 * ones can be acted on, so of two people who act at once one comes too late. An order's letters are noted in the order
 * in which they stood.
 * @returns the ids of those that were open.
 */
export async function actOn(
  database: Kysely<OrdersTables>,
  ids: readonly string[],
  { kind, by, reason }: Act,
  edit?: Edit,
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  return inTransaction(database, async (tx) => {
    const open = await tx
      .selectFrom('dead_letter')
      .select(['id', 'redrives'])
      .where('id', 'in', [...ids].sort())
      .where('state', '=', 'open')
      .orderBy('consumer_group')
      .orderBy('partition_number')
      .orderBy('message_offset')
      .forUpdate()
      .execute()
    if (open.length === 0) return []
    const acts = open.map(({ id, redrives }) => ({
      letter_id: id,
      number: redrives + 1,
      kind,
      by_kind: by.kind,
      by_id: by.id,
      at: new Date(),
      reason,
      difference: edit === undefined ? null : JSON.stringify(edit.difference),
      body: edit?.body ?? null,
      sent_at: null,
    }))
    await tx.insertInto('dead_letter_act').values(acts).execute()
    const acted = open.map(({ id }) => id)
    await tx.updateTable('dead_letter').set({ state: kind }).where('id', 'in', acted).execute()
    return acted
  })
}
