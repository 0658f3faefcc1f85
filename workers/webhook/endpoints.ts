import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { closedBreaker } from '../../domain/webhooks/breaker.ts'
import { behind, type PageWanted } from '../../platform/behind.ts'
import type { PayloadKey } from '../../platform/payload-keys.ts'
import { seal } from '../../platform/sealed.ts'
import { inTransaction } from '../../platform/transactions.ts'
import { newSecret, oldSecretHours } from './secrets.ts'
import type { EndpointTable, OwnerKind, WebhookTables } from './tables.ts'

type Database = Kysely<WebhookTables>
export type EndpointRow = Selectable<EndpointTable>
export type Owner = { readonly kind: OwnerKind; readonly id: string }
/** Whose endpoints somebody may see or change: nobody learns whether another's are there. */
export type Reach = 'all' | { readonly of: string }

export type EndpointWish = {
  readonly url: string
  readonly description: string
  readonly events: readonly string[]
}

/** What is set on one whose circuit breaker is closed. */
export const closed = {
  failures: closedBreaker.failures,
  opened_at: closedBreaker.openedAt,
  probe_at: closedBreaker.probeAt,
  probes: closedBreaker.probes,
}

type Making = { readonly keys: readonly PayloadKey[]; readonly most: number }

/** @returns its id and the only copy of its secret that is ever shown; undefined where the owner has as many as may be. */
export async function createEndpoint(
  database: Database,
  owner: Owner,
  wish: EndpointWish,
  { keys, most }: Making,
): Promise<{ readonly id: string; readonly secret: string } | undefined> {
  const id = randomUUID()
  const secret = newSecret()
  const now = new Date()
  for (let slot = 1; slot <= most; slot += 1) {
    const { numInsertedOrUpdatedRows } = await database
      .insertInto('endpoint')
      .ignore()
      .values({
        id,
        owner_kind: owner.kind,
        owner_id: owner.id,
        slot,
        url: wish.url,
        description: wish.description,
        events: wish.events.join(' '),
        secret: seal(keys, secret, id),
        created_at: now,
        updated_at: now,
      })
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return { id, secret }
  }
  return undefined
}

/** Newest first. */
export const listEndpoints = (
  database: Database,
  reach: Reach,
  { before, limit }: PageWanted,
): Promise<EndpointRow[]> =>
  database
    .selectFrom('endpoint')
    .selectAll()
    .$if(reach !== 'all', (query) => query.where('owner_id', '=', reach === 'all' ? '' : reach.of))
    .where(behind(before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findEndpoint = (database: Database, reach: Reach, id: string): Promise<EndpointRow | undefined> =>
  database
    .selectFrom('endpoint')
    .selectAll()
    .where('id', '=', id)
    .$if(reach !== 'all', (query) => query.where('owner_id', '=', reach === 'all' ? '' : reach.of))
    .executeTakeFirst()

export type EndpointChange = { readonly [Field in keyof EndpointWish]?: EndpointWish[Field] | undefined } & {
  readonly isEnabled?: boolean | undefined
}

/** Enabled once more, it starts with a closed breaker; so does one with another address. */
export async function changeEndpoint(
  database: Database,
  owner: string,
  id: string,
  { url, description, events, isEnabled }: EndpointChange,
): Promise<boolean> {
  const now = new Date()
  const { numUpdatedRows } = await database
    .updateTable('endpoint')
    .set({
      updated_at: now,
      ...(url !== undefined && { url, ...closed }),
      ...(description !== undefined && { description }),
      ...(events !== undefined && { events: events.join(' ') }),
      ...(isEnabled === true && { disabled_by: null, disabled_at: null, ...closed }),
      ...(isEnabled === false && { disabled_by: 'owner' as const, disabled_at: now }),
    })
    .where('id', '=', id)
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The secret of before signs too for a day; one that was still good from before that does not. */
export async function rotateSecret(
  database: Database,
  owner: string,
  id: string,
  keys: readonly PayloadKey[],
): Promise<{ readonly secret: string; readonly oldUntil: Date } | undefined> {
  const secret = newSecret()
  const now = new Date()
  const oldUntil = new Date(now.getTime() + oldSecretHours * 3_600_000)
  return inTransaction(database, async (tx) => {
    const row = await tx
      .selectFrom('endpoint')
      .select('secret')
      .where('id', '=', id)
      .where('owner_id', '=', owner)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return undefined
    await tx
      .updateTable('endpoint')
      .set({ secret: seal(keys, secret, id), old_secret: row.secret, old_secret_until: oldUntil, updated_at: now })
      .where('id', '=', id)
      .execute()
    return { secret, oldUntil }
  })
}

/** With its log. Deliveries under way find nothing any more, and end. */
export const deleteEndpoint = (database: Database, reach: Reach, id: string): Promise<boolean> =>
  deleteEndpoints(database, reach, id)

/** All of one owner. @returns whether there was one. */
export const eraseEndpoints = (database: Database, owner: string): Promise<boolean> =>
  deleteEndpoints(database, { of: owner })

async function deleteEndpoints(database: Database, reach: Reach, id?: string): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const found = await tx
      .selectFrom('endpoint')
      .select('id')
      .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
      .$if(reach !== 'all', (query) => query.where('owner_id', '=', reach === 'all' ? '' : reach.of))
      .forUpdate()
      .execute()
    for (const endpoint of found) {
      await tx
        .deleteFrom('attempt')
        .where('delivery_id', 'in', (eb) =>
          eb.selectFrom('delivery').select('id').where('endpoint_id', '=', endpoint.id),
        )
        .execute()
      await tx.deleteFrom('delivery').where('endpoint_id', '=', endpoint.id).execute()
      await tx.deleteFrom('endpoint').where('id', '=', endpoint.id).execute()
    }
    return found.length > 0
  })
}
