import type { Kysely } from 'kysely'
import type { Forget } from '../../platform/forgetting.ts'
import type { NotificationTables } from './tables.ts'

/** So much the clocks of those who publish, send and forget may differ. */
const clocksMs = 5 * 60_000

/**
 * Whether a message that tells of this moment may have been sent and forgotten. It is not made (again) then: a message
 * is over after what it tells of, and its row, which tells that it is there, is kept for `keepMs` from its end.
 */
export const mayBeForgotten = (at: string, keepMs: number): boolean => Date.parse(at) < Date.now() - keepMs + clocksMs

/** Messages that are over, however they ended. Those that wait have no end. */
export const forgetMessages =
  (database: Kysely<NotificationTables>): Forget =>
  async (before, most) => {
    const { numDeletedRows } = await database
      .deleteFrom('message')
      .where('settled_at', '<', before)
      .orderBy('settled_at')
      .limit(most)
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }
