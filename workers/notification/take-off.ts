import type { Kysely } from 'kysely'
import type { Lane } from '../../events/topics.ts'
import type { Log } from '../../platform/log.ts'
import { fromLane, type Notice } from './notice.ts'
import type { NotificationTables } from './tables.ts'

const rowsPerStatement = 500

/** Puts what comes off a lane into the table of messages, each once: one that is there stays as it is. */
export function makeTakeOff(database: Kysely<NotificationTables>, lane: Lane, log: Log, wake: (lane: Lane) => void) {
  return async (values: readonly (Buffer | null)[]): Promise<void> => {
    const rows = values.flatMap((value) => read(value, log)).map((notice) => rowOf(notice, lane, new Date()))
    for (let from = 0; from < rows.length; from += rowsPerStatement) {
      const some = rows.slice(from, from + rowsPerStatement)
      await database.insertInto('message').ignore().values(some).execute()
      wake(lane)
    }
  }
}

/** Nobody but this service writes to its lanes, so what can't be read was put there by mistake. */
function read(value: Buffer | null, log: Log): readonly Notice[] {
  try {
    return [fromLane(value)]
  } catch (error) {
    log.error({ err: error }, 'something on a lane is no message; left out')
    return []
  }
}

const rowOf = (notice: Notice, lane: Lane, now: Date) => ({
  source: notice.source,
  kind: notice.kind,
  lane,
  customer_id: notice.customerId,
  order_id: notice.kind === 'campaign' ? null : notice.orderId,
  campaign_id: notice.kind === 'campaign' ? notice.campaignId : null,
  facts: notice.kind === 'campaign' ? null : JSON.stringify(notice.facts),
  state: 'queued' as const,
  due_at: now,
  queued_at: now,
})
