import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { disableOwned, listHearersOfAll, type Owner } from '../../workers/webhook/hearers.ts'
import type { WebhookTables } from '../../workers/webhook/tables.ts'
import type { Log } from '../../platform/log.ts'
import { live, readScopes } from '../identity/live-service-accounts.ts'
import type { IdentityTables } from '../identity/tables.ts'
import { isOutage } from '../outage.ts'

type Identity = Kysely<IdentityTables>
type Needs = {
  readonly identity: Identity
  readonly webhook: Kysely<WebhookTables>
  readonly log: Pick<Log, 'warn' | 'error' | 'info'>
}

/**
 * Whether the owner of an endpoint may be told of all orders now. Staff of another identity provider never: nobody says
 * here when they leave.
 */
export async function mayHearAll(identity: Identity, { kind, id }: Owner, now = new Date()): Promise<boolean> {
  if (kind === 'program') {
    const row = await live(identity, now).select('scopes').where('id', '=', id).executeTakeFirst()
    return readScopes(row?.scopes ?? '').some((scope) => scope === 'orders:read' || scope === 'admin')
  }
  const row = await identity
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('role', '=', kind)
    .where('disabled', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}

/** Endpoints of admins who are none any more, and of programs that were revoked or expired, are disabled. */
export async function disableStrangers({ identity, webhook, log }: Needs): Promise<void> {
  for (const owner of await listHearersOfAll(webhook)) {
    if (await mayHearAll(identity, owner)) continue
    await disableOwned(webhook, owner)
    log.info({ owner }, 'the owner may see all orders no longer: their webhook endpoints are disabled')
  }
}

/** A program that was revoked is refused within five seconds too. */
const everyMs = 5_000

/** Looks after it until the process ends; a failure is told and left to the next time. */
export async function keepHearers(needs: Needs, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await disableStrangers(needs)
    } catch (error) {
      const tell = isOutage(error) ? needs.log.warn.bind(needs.log) : needs.log.error.bind(needs.log)
      tell({ err: error }, 'whether the owners of webhook endpoints may still see all orders could not be asked')
    }
    await pause(everyMs, undefined, { signal: stopping }).catch((error: unknown) => {
      if (!stopping.aborted) throw error
    })
  }
}
