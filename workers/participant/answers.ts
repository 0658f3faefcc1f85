import type { Kysely, Transaction } from 'kysely'
import { actions } from '../../domain/saga/event.ts'
import type { AskedEvent } from './asks.ts'
import { askKey } from './asks.ts'
import type { AnswerTable, ParticipantTables, StoredAnswer } from './tables.ts'

export type AnswerRow = {
  readonly orderId: string
  readonly answer: StoredAnswer
}

/** One answer per ask for ever: a second one for the same ask is not stored. */
export async function storeAnswers(tx: Transaction<ParticipantTables>, rows: readonly AnswerRow[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ orderId, answer }) => ({
    order_id: orderId,
    step: answer.step,
    action: answer.action,
    round: answer.round,
    body: JSON.stringify(answer),
    signalled_at: null,
  }))
  await tx.insertInto('answer').ignore().values(values).execute()
}

/** The answers that were given to these asks before, by their key. */
export async function storedAnswers(
  tx: Kysely<ParticipantTables>,
  asked: readonly AskedEvent[],
): Promise<ReadonlyMap<string, StoredAnswer>> {
  if (asked.length === 0) return new Map()
  const rows = await tx
    .selectFrom('answer')
    .select(['order_id', 'step', 'action', 'round', 'body'])
    .where('order_id', 'in', [...new Set(asked.map(({ order }) => order.id as string))])
    .execute()
  const wanted = new Set(asked.map(({ ask, order }) => askKey(order.id, ask)))
  return new Map(
    rows.flatMap((row) => {
      const key = `${row.order_id}:${row.step}:${row.action}:${row.round}`
      return wanted.has(key) && isAnswerRow(row.action) ? [[key, row.body as StoredAnswer] as const] : []
    }),
  )
}

const isAnswerRow = (action: AnswerTable['action']): boolean => actions.some((one) => one === action)
