import type { Kysely } from 'kysely'
import type { DeliveryStatus } from '../../domain/webhooks/delivery.ts'
import { inTransaction } from '../../platform/transactions.ts'
import type { Posted } from './post.ts'
import type { WebhookTables } from './tables.ts'

type Database = Kysely<WebhookTables>

/** Where a delivery stands after a try. */
export type Ending = { readonly status: DeliveryStatus; readonly nextAt: Date | null }

export async function markDelivery(database: Database, id: string, { status, nextAt }: Ending): Promise<void> {
  await database
    .updateTable('delivery')
    .set({ status, next_at: nextAt, updated_at: new Date() })
    .where('id', '=', id)
    .execute()
}

type Attempt = { readonly startedAt: Date; readonly posted: Posted; readonly ending: Ending }

/** One row for each POST, numbered by the delivery's own row, which is locked by that. Of one that was erased meanwhile nothing is kept. */
export async function logAttempt(database: Database, id: string, attempt: Attempt): Promise<void> {
  const { startedAt, posted, ending } = attempt
  await inTransaction(database, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('delivery')
      .set((eb) => ({
        status: ending.status,
        next_at: ending.nextAt,
        updated_at: new Date(),
        attempts: eb('attempts', '+', 1),
      }))
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return
    const { attempts } = await tx
      .selectFrom('delivery')
      .select('attempts')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('attempt')
      .values({
        delivery_id: id,
        number: attempts,
        started_at: startedAt,
        duration_ms: posted.durationMs,
        status: posted.status ?? null,
        error: posted.error ?? redirectOf(posted.status),
        response_start: posted.responseStart ?? null,
      })
      .execute()
  })
}

/** Said in words, as nobody expects it to be a failure. */
const redirectOf = (status: number | undefined): string | null =>
  status !== undefined && status >= 300 && status < 400 ? 'redirect_not_followed' : null
