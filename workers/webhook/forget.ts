import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { startRepeating } from '../../platform/repeating.ts'
import { forgetDeliveries } from './deliveries.ts'
import type { WebhookTables } from './tables.ts'

/** Deletes what the log keeps no longer, every ten minutes. @returns what ends it. */
export const startForgetting = (database: Kysely<WebhookTables>, keepMs: number, log: Log): (() => Promise<void>) =>
  startRepeating({
    everyMs: 600_000,
    work: async () => ((await forgetDeliveries(database, new Date(Date.now() - keepMs))) > 0 ? 0 : undefined),
    onFailure: (error) => log.warn({ err: error }, 'old deliveries stay for another ten minutes'),
  })
