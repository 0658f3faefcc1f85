import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { type ReceivedEvent, traceIdOf } from '../../events/envelope.ts'
import type { Log } from '../../platform/log.ts'
import type { ParticipantTables } from './tables.ts'

/**
 * Claims the events' inbox rows, first thing in the transaction: another process with the same event waits here until
 * this one has committed, and then finds the row taken.
 * @returns the ids that were not taken in before.
 */
export async function claim(
  tx: Transaction<ParticipantTables>,
  events: readonly ReceivedEvent[],
  log: Log,
): Promise<ReadonlySet<string>> {
  const hashes = new Map(events.map(({ id, hash }) => [id, hash]))
  const token = randomUUID()
  const received_at = new Date()
  const rows = [...hashes].map(([id, hash]) => ({ event_id: id, hash, claim: token, received_at }))
  if (rows.length === 0) return new Set()
  const { numInsertedOrUpdatedRows } = await tx.insertInto('inbox').ignore().values(rows).executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === BigInt(rows.length)) return new Set(hashes.keys())

  const known = await tx
    .selectFrom('inbox')
    .select(['event_id', 'hash', 'claim'])
    .where('event_id', 'in', [...hashes.keys()])
    .execute()
  for (const { event_id: id, hash } of known) {
    if (hash === hashes.get(id)) continue
    const { orderId, traceparent } = events.find((event) => event.id === id) ?? {}
    const about = { event: id, orderId, traceId: traceIdOf(traceparent) }
    log.error(about, 'ALARM: the same event id came with other content')
  }
  return new Set(known.filter((row) => row.claim === token).map((row) => row.event_id))
}
