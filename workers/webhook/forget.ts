import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { forgetDeliveries } from './deliveries.ts'
import type { WebhookTables } from './tables.ts'

const everyMs = 3_600_000

/** Deletes what the log keeps no longer, every hour. @returns what ends it. */
export function startForgetting(database: Kysely<WebhookTables>, keepMs: number, log: Log): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  async function forget(): Promise<void> {
    const before = new Date(Date.now() - keepMs)
    while (!signal.aborted && (await forgetDeliveries(database, before)) > 0);
  }
  const forgetting = (async () => {
    while (!signal.aborted) {
      await forget().catch((error: unknown) => log.warn({ err: error }, 'old deliveries stay for another hour'))
      await pause(everyMs, undefined, { signal }).catch(() => undefined) // only being stopped ends it early
    }
  })()
  return async () => {
    stopping.abort()
    await forgetting
  }
}
