import type { Kysely } from 'kysely'
import { header, type RawMessage, type ReceivedEvent } from '../../events/envelope.ts'
import { Outage } from '../../events/failure.ts'
import type { Publisher } from '../../events/publisher.ts'
import { type KnownOrder, learn, noticeOf, typesRead } from './decide.ts'
import { mayBeForgotten } from './forget.ts'
import { type OrderNotice, toLane } from './notice.ts'
import type { NotificationTables } from './tables.ts'

type Database = Kysely<NotificationTables>

/** Everything else is not even parsed. */
export const isRead = (message: RawMessage): boolean => typesRead.has(header(message, 'ce_type') ?? '')

/**
 * Turns events into messages on the realtime lane. Given the same events again it puts the same messages there again;
 * whoever takes them off the lane knows them, and what is too old to be known any more is not put there.
 */
export function makeIntake(database: Database, publisher: Pick<Publisher, 'publish'>, keepMs: number) {
  let beganAt: string | undefined
  return async (events: readonly ReceivedEvent[]): Promise<void> => {
    beganAt ??= (await database.selectFrom('beginning').select('at').executeTakeFirstOrThrow()).at.toISOString()
    const known = new Map(await readKnown(database, events))
    const changed = new Map<string, KnownOrder>()
    const notices: OrderNotice[] = []
    for (const event of events) {
      const before = known.get(event.orderId)
      const after = learn(before, event)
      // a dead letter, to be sent once more behind the one that is missing
      if (after === undefined) throw new Error(`${event.id} came, and order.placed of its order has not`)
      known.set(event.orderId, after)
      if (JSON.stringify(after) !== JSON.stringify(before)) changed.set(event.orderId, after)
      const isTold = event.time >= beganAt && !mayBeForgotten(event.time, keepMs)
      const notice = isTold ? noticeOf(after, event) : undefined
      if (notice !== undefined) notices.push(notice)
    }
    await writeKnown(database, changed)
    await publish(publisher, notices)
  }
}

async function publish(publisher: Pick<Publisher, 'publish'>, notices: readonly OrderNotice[]): Promise<void> {
  if (notices.length === 0) return
  try {
    await publisher.publish(notices.map(toLane))
  } catch (error) {
    throw new Outage('messages could not be put on their lane', { cause: error })
  }
}

async function readKnown(database: Database, events: readonly ReceivedEvent[]) {
  const ids = [...new Set(events.filter(({ type }) => type !== 'order.placed').map(({ orderId }) => orderId))]
  if (ids.length === 0) return []
  const rows = await database.selectFrom('known_order').selectAll().where('order_id', 'in', ids).execute()
  return rows.map(({ order_id, body }) => [order_id, body] as const)
}

async function writeKnown(database: Database, changed: ReadonlyMap<string, KnownOrder>): Promise<void> {
  if (changed.size === 0) return
  const rows = [...changed].map(([order_id, body]) => ({ order_id, body: JSON.stringify(body) }))
  await database
    .insertInto('known_order')
    .values(rows)
    .onDuplicateKeyUpdate((eb) => ({ body: eb.fn('VALUES', [eb.ref('body')]) }))
    .execute()
}
