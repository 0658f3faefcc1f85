import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import { tellFailure } from '../tell-failure.ts'
import { prepareNext, promoteNext, publishedMs, removeRetired } from './key-rotation.ts'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

const byItself = { kind: 'system', id: 'key-rotation' } as const

/**
 * Whatever is due with the keys now. All processes do it; each change has one winner, by its statement.
 * @param everyMs age at which a key is followed by the next; 0: only what was asked for by hand.
 */
export async function tendKeys(database: Database, everyMs: number, now = new Date()): Promise<void> {
  await removeRetired(database, now)
  await promoteNext(database, byItself, now)
  if (everyMs > 0 && (await isDue(database, new Date(now.getTime() + publishedMs - everyMs)))) {
    await prepareNext(database, byItself, now)
  }
}

/** Whether the active key signs since before that moment. */
async function isDue(database: Database, since: Date): Promise<boolean> {
  const row = await database
    .selectFrom('signing_key')
    .select('kid')
    .where('slot', '=', 'active')
    .where((eb) => eb(eb.fn.coalesce('not_before', 'created_at'), '<=', since))
    .executeTakeFirst()
  return row !== undefined
}

/** Tends the keys every minute until the process ends. What fails is told and tried again a minute later. */
export const keepTending = (
  database: Database,
  everyMs: number,
  { log, stopping }: { readonly log: Pick<Log, 'warn' | 'error'>; readonly stopping: AbortSignal },
): Promise<void> =>
  repeatUntil(stopping, {
    everyMs: 60_000,
    work: () => tendKeys(database, everyMs),
    onFailure: tellFailure(log, 'the signing keys could not be tended; trying again in a minute'),
  })
