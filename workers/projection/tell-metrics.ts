import type { Kysely } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { tell } from '../../platform/meters.ts'
import type { OrderView } from './fold.ts'
import { sagaMeasures } from './measure-saga.ts'
import type { OrdersTables } from './tables.ts'

type Known = {
  /** The timeline had none of these events before. */
  readonly allNew: boolean
  readonly views: ReadonlyMap<string, Pick<OrderView, 'order' | 'failure'>>
}

/**
 * Counts each event of orders once, whichever process takes it in: those that came before are told by the version of
 * their order's row, read before it is written. So neither a redelivered batch nor an older offset counts again.
 * @returns what tells the metrics; to be called when the rows are written.
 */
export async function tellMetrics(
  database: Kysely<OrdersTables>,
  events: readonly ReceivedEvent[],
  { allNew, views }: Known,
): Promise<() => void> {
  const versions = new Map(allNew ? [] : await versionsOf(database, events))
  const fresh = events.filter(({ orderId, sequence }) => {
    if (sequence <= (versions.get(orderId) ?? 0)) return false
    versions.set(orderId, sequence)
    return true
  })
  return () => {
    for (const event of fresh) {
      for (const measured of sagaMeasures(event, views.get(event.orderId))) tell(measured)
    }
  }
}

async function versionsOf(database: Kysely<OrdersTables>, events: readonly ReceivedEvent[]) {
  const ids = [...new Set(events.map(({ orderId }) => orderId as string))]
  const rows = await database.selectFrom('orders').select(['id', 'version']).where('id', 'in', ids).execute()
  return rows.map(({ id, version }) => [id, version] as const)
}
