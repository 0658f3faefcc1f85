import type { Kysely } from 'kysely'
import { disableOwned, listHearersOfAll, type Owner } from '../../workers/webhook/hearers.ts'
import type { WebhookTables } from '../../workers/webhook/tables.ts'
import type { Log } from '../../platform/log.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import { live, readScopes } from '../identity/live-service-accounts.ts'
import type { IdentityTables } from '../identity/tables.ts'
import { tellFailure } from '../tell-failure.ts'

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
export const mayHearAll = async (identity: Identity, owner: Owner, now = new Date()): Promise<boolean> =>
  (await strangersAmong(identity, [owner], now)).length === 0

/** Of all owners in one query. */
async function strangersAmong(identity: Identity, owners: readonly Owner[], now: Date): Promise<readonly Owner[]> {
  const ids = owners.map(({ id }) => id)
  const rows = await live(identity, now)
    .select((eb) => [eb.val('program').$castTo<string>().as('kind'), 'id', 'scopes'])
    .where('id', 'in', ids)
    .unionAll(
      identity
        .selectFrom('account')
        .select((eb) => ['role as kind', 'id', eb.val('').as('scopes')])
        .where('id', 'in', ids)
        .where('disabled', '=', 0),
    )
    .execute()
  return owners.filter(
    ({ kind, id }) =>
      !rows.some((row) => row.kind === kind && row.id === id && (kind !== 'program' || reads(row.scopes))),
  )
}

const reads = (scopes: string): boolean =>
  readScopes(scopes).some((scope) => scope === 'orders:read' || scope === 'admin')

/** Endpoints of admins who are none any more, and of programs that were revoked or expired, are disabled. */
export async function disableStrangers({ identity, webhook, log }: Needs): Promise<void> {
  const owners = await listHearersOfAll(webhook)
  if (owners.length === 0) return
  for (const owner of await strangersAmong(identity, owners, new Date())) {
    await disableOwned(webhook, owner)
    log.info({ owner }, 'the owner may see all orders no longer: their webhook endpoints are disabled')
  }
}

/** Looks after it until the process ends; a failure is told and left to the next time. */
export const keepHearers = (needs: Needs, stopping: AbortSignal): Promise<void> =>
  repeatUntil(stopping, {
    everyMs: 5_000, // a program that was revoked is refused within five seconds too
    work: () => disableStrangers(needs),
    onFailure: tellFailure(
      needs.log,
      'whether the owners of webhook endpoints may still see all orders could not be asked',
    ),
  })
