import type { Kysely } from 'kysely'
import { orderId as asOrderId } from '../../domain/ids.ts'
import type { Log } from '../../platform/log.ts'
import { inTransaction } from '../../platform/transactions.ts'
import { workOnStock } from './reservations.ts'
import type { StockTables } from './tables.ts'

/** What became of an order: `open` has its own deadlines and is none of ours. */
export type Fate = 'open' | 'rejected' | 'cancelled' | 'delivered' | 'gone' | 'failed'

type Sweep = {
  readonly database: Kysely<StockTables>
  readonly fateOf: (orderId: string) => Promise<Fate>
  readonly log: Log
  readonly olderThanMs: number
}

export type Swept = { readonly looked: number; readonly released: number; readonly left: number }

const atMost = 100
const beginning = { updated_at: new Date(0), order_id: '' }
/** An order that Temporal does not know may be one that it has lost, and that is taken up again: it keeps its goods. */
const releasing: ReadonlySet<Fate> = new Set(['rejected', 'cancelled'])

/**
 * Finds old reservations whose order is over and that nobody released: that should never be, but what is held for
 * nobody is sold to nobody. Each look goes on where the one before stopped, as old ones may rightly be held.
 */
export function makeSweep({ database, fateOf, log, olderThanMs }: Sweep): () => Promise<Swept> {
  let after: { readonly updated_at: Date; readonly order_id: string } = beginning

  return async () => {
    const from = after
    const rows = await database
      .selectFrom('reservation')
      .select(['order_id', 'step', 'state', 'updated_at'])
      .where('state', 'in', ['held', 'waiting'])
      .where('updated_at', '<=', new Date(Date.now() - olderThanMs))
      .where((eb) =>
        eb.or([
          eb('updated_at', '>', from.updated_at),
          eb('updated_at', '=', from.updated_at).and('order_id', '>', from.order_id),
        ]),
      )
      .orderBy('updated_at')
      .orderBy('order_id')
      .limit(atMost)
      .execute()
    after = (rows.length < atMost ? undefined : rows.at(-1)) ?? beginning
    let [released, left] = [0, 0]
    for (const { order_id: orderId, step } of rows) {
      const fate = await fateOf(orderId)
      if (fate === 'open') continue
      if (releasing.has(fate)) {
        await release(database, orderId, step)
        released += 1
      } else left += 1
      log.warn({ orderId, step, fate, released: releasing.has(fate) }, 'stock was held for an order that is over')
    }
    return { looked: rows.length, released, left }
  }
}

/** As the saga's own undo would: whoever comes later finds it undone. */
async function release(database: Kysely<StockTables>, orderId: string, step: string): Promise<void> {
  const ask = { step, participant: 'stock', action: 'compensate', round: 0, attempt: 1, deadlineAt: '' } as const
  const order = { id: asOrderId(orderId), lines: [] }
  const behind = { actor: 'system', reason: 'order is over' }
  await inTransaction(database, (tx) => workOnStock(tx, [{ ask, order }], behind))
}
