import type { Kysely } from 'kysely'
import type { Config } from '../../platform/config.ts'
import type { Log } from '../../platform/log.ts'
import { startRepeating } from '../../platform/repeating.ts'
import type { ParticipantTables } from './tables.ts'

const atOnce = 1_000

/**
 * Deletes what the inbox keeps no longer, every minute. Answers and tasks stay: they say for ever what was done.
 * @returns what ends it.
 */
export const startForgetting = (
  database: Kysely<ParticipantTables>,
  { INBOX_KEPT_MINUTES }: Pick<Config, 'INBOX_KEPT_MINUTES'>,
  log: Log,
): (() => Promise<void>) =>
  startRepeating({
    everyMs: 60_000,
    work: async () =>
      (await forgetEvents(database, new Date(Date.now() - INBOX_KEPT_MINUTES * 60_000))) === atOnce ? 0 : undefined,
    onFailure: (error) => log.warn({ err: error }, 'old rows of the inbox stay for another minute'),
  })

/** @returns how many went; there may be more of them after so many at once. */
export async function forgetEvents(database: Kysely<ParticipantTables>, before: Date): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('inbox')
    .where('received_at', '<', before)
    .orderBy('received_at')
    .limit(atOnce)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
