import type { Kysely } from 'kysely'
import type { LaneMessage } from '../../events/lane-reader.ts'
import type { Lane } from '../../events/topics.ts'
import type { Log } from '../../platform/log.ts'
import { mayBeForgotten } from './forget.ts'
import { fromLane, type Notice } from './notice.ts'
import type { NotificationTables } from './tables.ts'

const rowsPerStatement = 500

type Needs = {
  readonly database: Kysely<NotificationTables>
  readonly lane: Lane
  readonly keepMs: number
  readonly log: Log
  readonly wake: (lane: Lane) => void
}

/**
 * Puts what comes off a lane into the table of messages, each once: one that is there stays as it is, and one that may
 * have been there and was forgotten is left out.
 */
export function makeTakeOff({ database, lane, keepMs, log, wake }: Needs) {
  return async (taken: readonly LaneMessage[]): Promise<void> => {
    const notices = taken.flatMap(({ value, publishedAt }) =>
      read(value, log).map((notice) => ({ notice, at: notice.at ?? publishedAt })),
    )
    const young = notices.filter(({ at }) => !mayBeForgotten(at, keepMs))
    if (young.length < notices.length) {
      log.info({ lane, count: notices.length - young.length }, 'messages on a lane are too old to be told; left out')
    }
    const rows = young.map(({ notice }) => rowOf(notice, lane, new Date()))
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
