import { type Kysely, sql } from 'kysely'
import { uuidPattern } from '../../../domain/ids.ts'
import type { DeadLetter } from '../../../events/dead-letters.ts'
import type { OrdersTables } from '../tables.ts'
import type { StoredHeaders } from './tables.ts'

export const letterId = ({ group, partition, offset }: Pick<DeadLetter, 'group' | 'partition' | 'offset'>): string =>
  `${group}:${partition}:${offset}`

/**
 * Lists a dead letter. The same one again changes nothing; one that failed again after a redrive is open again. So the
 * list can be made anew from the topics at any time, in whatever state it is.
 */
export const makeTake =
  (database: Kysely<OrdersTables>) =>
  async (letter: DeadLetter): Promise<void> => {
    const row = rowOf(letter)
    const newer = (column: string) =>
      sql`IF(VALUES(redrives) > redrives, VALUES(${sql.ref(column)}), ${sql.ref(column)})`
    const changing = ['attempts', 'cause', 'message', 'failed_at', 'headers', 'body', 'redrives'] as const // last: compared
    await database.transaction().execute(async (tx) => {
      await tx
        .insertInto('dead_letter')
        .values(row)
        .onDuplicateKeyUpdate(Object.fromEntries(changing.map((column) => [column, newer(column)])))
        .execute()
      await tx
        .updateTable('dead_letter')
        .set({
          state: sql`COALESCE((SELECT a.kind FROM dead_letter_act a
            WHERE a.letter_id = dead_letter.id AND a.number = dead_letter.redrives + 1), 'open')`,
        })
        .where('id', '=', row.id)
        .execute()
    })
  }

function rowOf(letter: DeadLetter) {
  const text = (name: string): string => letter.headers.find(([one]) => one === name)?.[1].toString() ?? ''
  const printable = (value: string, most: number) =>
    new RegExp(`^[\\x21-\\x7e]{1,${most}}$`).test(value) ? value : null
  const key = letter.key?.toString() ?? ''
  const failedAt = new Date(letter.failedAt)
  const headers: StoredHeaders = letter.headers.map(([name, value]) => [name, value.toString('base64')])
  return {
    id: letterId(letter),
    consumer_group: letter.group,
    topic: letter.topic,
    partition_number: letter.partition,
    message_offset: Number(letter.offset),
    order_id: uuidPattern.test(key) ? key : null,
    type: printable(text('ce_type'), 64),
    event_id: printable(text('ce_id'), 64),
    sequence: /^[1-9]\d{0,8}$/.test(text('ce_sequence')) ? Number(text('ce_sequence')) : null,
    redrives: letter.redrives,
    attempts: letter.attempts,
    cause: letter.cause,
    message: letter.message,
    first_seen: failedAt,
    failed_at: failedAt,
    message_key: letter.key,
    headers: JSON.stringify(headers),
    body: letter.value,
    state: 'open' as const,
  }
}
