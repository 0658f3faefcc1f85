import type { Kysely } from 'kysely'
import type { Redriver } from '../../../events/redrive.ts'
import type { Log } from '../../../platform/log.ts'
import { startRepeating } from '../../../platform/repeating.ts'
import type { OrdersTables } from '../tables.ts'

const perRound = 100

type Relay = { readonly database: Kysely<OrdersTables>; readonly redriver: Redriver; readonly log: Log }

/**
 * Sends what staff redrove to its group, in the order in which it was noted, and marks it once Kafka has it. Sent twice,
 * as by two processes or after a crash, it changes nothing: the inbox knows the event.
 * @returns whether there may be more.
 */
export async function relayRedrives({ database, redriver }: Omit<Relay, 'log'>): Promise<boolean> {
  const rows = await database
    .selectFrom('dead_letter_act as a')
    .innerJoin('dead_letter as l', 'l.id', 'a.letter_id')
    .select(['a.id', 'a.number', 'a.body as edited'])
    .select(['l.consumer_group', 'l.partition_number', 'l.message_offset', 'l.message_key', 'l.headers', 'l.body'])
    .where('a.kind', '=', 'redriven')
    .where('a.sent_at', 'is', null)
    .orderBy('a.id')
    .limit(perRound)
    .execute()
  if (rows.length === 0) return false
  await redriver.send(
    rows.map((row) => ({
      group: row.consumer_group,
      key: row.message_key,
      value: row.edited ?? row.body,
      headers: row.headers.map(([name, base64]) => [name, Buffer.from(base64, 'base64')] as const),
      partition: row.partition_number,
      offset: String(row.message_offset),
      number: row.number,
    })),
  )
  await database
    .updateTable('dead_letter_act')
    .set({ sent_at: new Date() })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('sent_at', 'is', null)
    .execute()
  return rows.length === perRound
}

/** Looks for redrives twice a second; an outage is waited out. @returns what stops it, with the round under way done. */
export const startRedriveRelay = (relay: Relay): (() => Promise<void>) =>
  startRepeating({
    everyMs: 500,
    work: async () => ((await relayRedrives(relay)) ? 0 : undefined),
    onFailure: (error) => relay.log.warn({ err: error }, 'redrives were not sent; trying again'),
  })
