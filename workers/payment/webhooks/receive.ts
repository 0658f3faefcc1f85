import type { Kysely, Transaction } from 'kysely'
import { inTransaction } from '../../../platform/transactions.ts'
import { hurryTasks } from '../../participant/tasks.ts'
import type { RunnerTables } from '../../participant/tables.ts'
import type { PaymentTables } from '../tables.ts'
import type { WebhookEvent } from './event.ts'

export type Received = 'taken' | 'known' | 'parked'

/**
 * A webhook is a hint, never the truth: it is stored, once, and what is open of its payment is looked at again at once,
 * which asks the provider itself. So one that comes doubled, late, in another order or with nonsense in it does no harm.
 */
export async function receiveWebhook(database: Kysely<PaymentTables>, event: WebhookEvent): Promise<Received> {
  return inTransaction(database, async (tx) => {
    const base = tx as unknown as Transaction<RunnerTables>
    const state = event.about !== undefined && (await isKnown(base, event.about)) ? 'taken' : 'parked'
    const row = {
      provider: event.provider,
      event_id: event.id,
      type: event.type,
      state,
      order_id: event.about?.orderId ?? null,
      body: event.body,
    } as const
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('webhook_event')
      .ignore()
      .values(row)
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return 'known'
    if (state === 'taken' && event.about) await hurryTasks(base, event.about)
    return state
  })
}

/** A task is written before its first call, so what is ours is known before a provider can tell of it. */
async function isKnown(tx: Transaction<RunnerTables>, about: NonNullable<WebhookEvent['about']>): Promise<boolean> {
  const task = await tx
    .selectFrom('task')
    .select('round')
    .where('order_id', '=', about.orderId)
    .where('step', '=', about.step)
    .limit(1)
    .executeTakeFirst()
  return task !== undefined
}
