import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Lane } from '../../events/topics.ts'
import type { Kind } from './kinds.ts'
import type { Facts } from './notice.ts'
import type { MessageState, NotificationTables } from './tables.ts'

type Database = Kysely<NotificationTables>

/** A message that this process may send, and nobody else until `leaseUntil`. */
export type Claimed = {
  readonly id: number
  readonly claim: string
  readonly leaseUntil: number
  readonly lane: Lane
  readonly source: string
  readonly kind: Kind
  readonly customerId: string
  readonly orderId: string | null
  readonly campaignId: string | null
  readonly facts: Facts | null
  readonly attempts: number
}

/** Half of it is longer than a mail server can draw out one mail, each step taking as long as it may. */
export const leaseMs = 300_000

/** What has waited longest. A process that dies leaves its claims to whoever looks after their lease. */
export async function claimDue(database: Database, lane: Lane, most: number): Promise<readonly Claimed[]> {
  const claim = randomUUID()
  const leaseUntil = new Date(Date.now() + leaseMs)
  const { numUpdatedRows } = await database
    .updateTable('message')
    .set((eb) => ({ state: 'sending', claim, due_at: leaseUntil, attempts: eb('attempts', '+', 1) }))
    .where('lane', '=', lane)
    .where('due_at', '<=', new Date())
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return []
  const rows = await database
    .selectFrom('message')
    .selectAll()
    .where('lane', '=', lane)
    .where('due_at', '=', leaseUntil)
    .where('claim', '=', claim)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    claim,
    leaseUntil: leaseUntil.getTime(),
    lane,
    source: row.source,
    kind: row.kind,
    customerId: row.customer_id,
    orderId: row.order_id,
    campaignId: row.campaign_id,
    facts: row.facts,
    attempts: row.attempts,
  }))
}

export type Settled = Exclude<MessageState, 'queued' | 'sending'>

/** The end of a message. */
export async function settle(
  database: Database,
  { id, claim }: Claimed,
  state: Settled,
  cause: string | null = null,
): Promise<void> {
  await database
    .updateTable('message')
    .set({ state, cause, due_at: null, claim: null, settled_at: new Date() })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}

/** Once more, after a pause. */
export async function postpone(database: Database, one: Claimed, delayMs: number, cause: string): Promise<void> {
  await database
    .updateTable('message')
    .set({ state: 'queued', due_at: new Date(Date.now() + delayMs), claim: null, cause })
    .where('id', '=', one.id)
    .where('claim', '=', one.claim)
    .execute()
}

/** Back where they were: whatever happened was not about them. */
export async function release(database: Database, given: readonly Claimed[], cause: string | null): Promise<void> {
  if (given.length === 0) return
  await database
    .updateTable('message')
    .set({ state: 'queued', due_at: sql`queued_at`, claim: null, cause, attempts: sql`attempts - 1` })
    .where(
      'id',
      'in',
      given.map(({ id }) => id),
    )
    .where(
      'claim',
      'in',
      given.map(({ claim }) => claim),
    )
    .execute()
}
