import type { Kysely } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { tell } from '../../platform/meters.ts'
import type { OrderView } from './fold.ts'
import { sagaMeasures } from './measure-saga.ts'
import type { OrdersTables } from './tables.ts'

type Known = {
  /** Whose events these are: the orders' own, or those of their returns, which count their own sequence. */
  readonly of: 'orders' | 'order_return'
  /** The timeline had none of these events before. */
  readonly allNew: boolean
  readonly views?: ReadonlyMap<string, Pick<OrderView, 'order' | 'failure'>>
}

/**
 * Counts each event once, whichever process takes it in: those that came before are told by the version of their
 * order's row, or of the newest row of its returns, read before it is written. So neither a redelivered batch nor an older offset counts again.
 * @returns what tells the metrics; to be called when the rows are written.
 */
export async function tellMetrics(
  database: Kysely<OrdersTables>,
  events: readonly ReceivedEvent[],
  { of, allNew, views }: Known,
): Promise<() => void> {
  const versions = new Map(allNew ? [] : await versionsOf(database, of, events))
  const fresh = events.filter(({ orderId, sequence }) => {
    if (sequence <= (versions.get(orderId) ?? 0)) return false
    versions.set(orderId, sequence)
    return true
  })
  return () => {
    for (const event of fresh) {
      for (const measured of sagaMeasures(event, views?.get(event.orderId))) tell(measured)
    }
  }
}

async function versionsOf(database: Kysely<OrdersTables>, of: Known['of'], events: readonly ReceivedEvent[]) {
  const ids = [...new Set(events.map(({ orderId }) => orderId as string))]
  const rows =
    of === 'orders'
      ? await database.selectFrom('orders').select(['id', 'version']).where('id', 'in', ids).execute()
      : await database
          .selectFrom('order_return')
          .select(({ fn }) => ['order_id as id', fn.max('version').as('version')])
          .where('order_id', 'in', ids)
          .groupBy('order_id')
          .execute()
  return rows.map(({ id, version }) => [id, version] as const)
}
