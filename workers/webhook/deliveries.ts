import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { DeliveryStatus } from '../../domain/webhooks/delivery.ts'
import { behind, type PageWanted } from '../../platform/behind.ts'
import type { Forget } from '../../platform/forgetting.ts'
import { testBody, testType } from './body.ts'
import type { Reach } from './endpoints.ts'
import type { AttemptTable, DeliveryTable, WebhookTables } from './tables.ts'

type Database = Kysely<WebhookTables>
export type AttemptRow = Selectable<AttemptTable>
export type DeliveryRow = Omit<Selectable<DeliveryTable>, 'body'> & { readonly tried: readonly AttemptRow[] }

const columns = [
  'delivery.id',
  'delivery.endpoint_id',
  'delivery.event_id',
  'delivery.type',
  'delivery.order_id',
  'delivery.status',
  'delivery.attempts',
  'delivery.next_at',
  'delivery.created_at',
  'delivery.updated_at',
] as const

type Wanted = PageWanted & { readonly status?: DeliveryStatus | undefined }

/** Of one endpoint, newest first, each with its attempts. Whose the endpoint is, has been asked. */
export async function listDeliveries(
  database: Database,
  endpointId: string,
  { status, before, limit }: Wanted,
): Promise<readonly DeliveryRow[]> {
  const rows = await database
    .selectFrom('delivery')
    .select(columns)
    .where('endpoint_id', '=', endpointId)
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'pending'))
    .where(behind(before))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return withAttempts(database, rows)
}

export type FoundDelivery = DeliveryRow & { readonly isEnabled: boolean }

/** @returns undefined where there is none, or it is another owner's. */
export async function findDelivery(database: Database, reach: Reach, id: string): Promise<FoundDelivery | undefined> {
  const row = await database
    .selectFrom('delivery')
    .innerJoin('endpoint', 'endpoint.id', 'delivery.endpoint_id')
    .select([...columns, 'endpoint.disabled_by'])
    .where('delivery.id', '=', id)
    .$if(reach !== 'all', (query) => query.where('endpoint.owner_id', '=', reach === 'all' ? '' : reach.of))
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { disabled_by: by, ...delivery } = row
  const [found] = await withAttempts(database, [delivery])
  return found && { ...found, isEnabled: by === null }
}

async function withAttempts(
  database: Database,
  rows: readonly Omit<DeliveryRow, 'tried'>[],
): Promise<readonly DeliveryRow[]> {
  if (rows.length === 0) return []
  const attempts = await database
    .selectFrom('attempt')
    .selectAll()
    .where(
      'delivery_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('delivery_id')
    .orderBy('number')
    .execute()
  return rows.map((row) => ({ ...row, tried: attempts.filter(({ delivery_id: of }) => of === row.id) }))
}

/** A delivery that tells of nothing. @returns its id and the event's. */
export async function createTest(
  database: Database,
  endpointId: string,
): Promise<{ readonly id: string; readonly eventId: string }> {
  const now = new Date()
  const id = randomUUID()
  const eventId = `test:${id}`
  await database
    .insertInto('delivery')
    .values({
      id,
      endpoint_id: endpointId,
      event_id: eventId,
      type: testType,
      order_id: null,
      body: testBody(eventId, now),
      status: 'pending',
      next_at: now,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return { id, eventId }
}

/** The log is not kept for ever. */
export const forgetDeliveries =
  (database: Database): Forget =>
  async (before, most) => {
    const old = await database
      .selectFrom('delivery')
      .select('id')
      .where('created_at', '<', before)
      .orderBy('created_at')
      .limit(most)
      .execute()
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    await database.deleteFrom('attempt').where('delivery_id', 'in', ids).execute()
    await database.deleteFrom('delivery').where('id', 'in', ids).execute()
    return ids.length
  }

/** Tests of an endpoint since then. */
export async function countTests(database: Database, endpointId: string, since: Date): Promise<number> {
  const { tests } = await database
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('tests'))
    .where('endpoint_id', '=', endpointId)
    .where('created_at', '>', since)
    .where('type', '=', testType)
    .executeTakeFirstOrThrow()
  return tests
}
