import { type Kysely, sql } from 'kysely'
import type { OrderStatus } from '../../../domain/order.ts'
import type { ReceivedEvent } from '../../../events/envelope.ts'
import type { OrdersTables } from '../tables.ts'
import { minuteOf } from './time.ts'

/** So long a mark takes to ripen: a minute whose orders keep changing is counted that often, and no more. */
const ripensInMs = 10_000
/** A mark covers what is written up to so long before it is ripe. */
const coversForMs = ripensInMs - 1_000

type Changed = { readonly order: { readonly id: string; readonly placedAt: string } }

/** How an order came to be confirmed is told when it is on its way; what follows changes what it is, and no more. */
const onItsWay: ReadonlySet<OrderStatus> = new Set(['dispatched', 'delivered'])

/** The minutes in which these orders were placed, each with whether more than what the orders are now has changed. */
export function touched(
  views: readonly Changed[],
  events: readonly Pick<ReceivedEvent, 'orderId' | 'data'>[],
): ReadonlyMap<number, boolean> {
  const early = new Set<string>()
  for (const { orderId, data } of events) if (!onItsWay.has(data.status)) early.add(orderId)
  const minutes = new Map<number, boolean>()
  for (const { order } of views) {
    const minute = minuteOf(order.placedAt).getTime()
    minutes.set(minute, early.has(order.id) || minutes.get(minute) === true)
  }
  return minutes
}

/**
 * Marks the minutes of orders that have just been written, to be counted anew. A mark is remembered as long as it
 * covers what is written, so that this is a statement every few seconds, whatever the number of events.
 */
export function makeMark(database: Kysely<OrdersTables>, clock: () => number = () => performance.now()) {
  const coveredUntil = new Map<string, number>()

  return async (views: readonly Changed[], events: readonly ReceivedEvent[]): Promise<void> => {
    const now = clock()
    for (const [key, until] of coveredUntil) if (until < now) coveredUntil.delete(key)
    const missing = [...touched(views, events)].filter(
      ([minute, whole]) => !coveredUntil.has(`${minute} true`) && (whole || !coveredUntil.has(`${minute} false`)),
    )
    if (missing.length === 0) return
    const rows = missing.map(([minute, whole]) => ({
      minute: new Date(minute),
      whole: whole ? 1 : 0,
      ripe_at: sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(ripensInMs / 1000)} SECOND`,
    }))
    await database.insertInto('figure_due').ignore().values(rows).execute()
    for (const [minute, whole] of missing) coveredUntil.set(`${minute} ${whole}`, now + coversForMs)
  }
}
