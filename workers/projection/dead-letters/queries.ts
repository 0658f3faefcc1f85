import type { Kysely, SelectQueryBuilder, Selectable } from 'kysely'
import type { Group } from '../../../events/topics.ts'
import type { OrdersTables } from '../tables.ts'
import type { LetterRow } from './act.ts'
import type { DeadLetterActTable, LetterState } from './tables.ts'

type Database = Kysely<OrdersTables>

export type LetterFilter = {
  readonly group?: Group | undefined
  readonly type?: string | undefined
  readonly cause?: string | undefined
  readonly orderId?: string | undefined
  readonly state?: LetterState | undefined
}
export type LetterPlace = { readonly firstSeen: Date; readonly id: string }
export type LetterHead = Omit<LetterRow, 'body' | 'headers' | 'message_key'>

const head = [
  'id',
  'consumer_group',
  'topic',
  'partition_number',
  'message_offset',
  'order_id',
  'type',
  'event_id',
  'sequence',
  'redrives',
  'attempts',
  'cause',
  'message',
  'first_seen',
  'failed_at',
  'state',
] as const

/** Newest first, from after the place on, without the messages themselves. */
export async function listLetters(
  database: Database,
  filter: LetterFilter,
  limit: number,
  after?: LetterPlace,
): Promise<readonly LetterHead[]> {
  return filtered(database, filter)
    .select(head)
    .$if(after !== undefined, (query) =>
      query.where((eb) => {
        const { firstSeen, id } = after ?? { firstSeen: new Date(0), id: '' }
        return eb.and([eb('first_seen', '<=', firstSeen), eb.or([eb('first_seen', '<', firstSeen), eb('id', '<', id)])])
      }),
    )
    .orderBy('first_seen', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** In the order in which they stood in their group. */
export async function lettersInOrder(
  database: Database,
  which: { readonly ids: readonly string[] } | LetterFilter,
  limit: number,
): Promise<readonly LetterHead[]> {
  const query =
    'ids' in which
      ? database.selectFrom('dead_letter').where('id', 'in', [...which.ids])
      : filtered(database, { ...which, state: 'open' })
  return query
    .select(head)
    .orderBy('consumer_group')
    .orderBy('partition_number')
    .orderBy('message_offset')
    .limit(limit)
    .execute()
}

/** Whole, with what was sent. */
export const wholeLetters = (database: Database, ids: readonly string[]): Promise<readonly LetterRow[]> =>
  database
    .selectFrom('dead_letter')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()

export const findLetter = (database: Database, id: string): Promise<LetterRow | undefined> =>
  database.selectFrom('dead_letter').selectAll().where('id', '=', id).executeTakeFirst()

/** What was done about it, first to last. */
export const actsOn = (database: Database, id: string): Promise<readonly Selectable<DeadLetterActTable>[]> =>
  database.selectFrom('dead_letter_act').selectAll().where('letter_id', '=', id).orderBy('number').execute()

/** The same of several letters. */
export const actsOnAll = (
  database: Database,
  ids: readonly string[],
): Promise<readonly Selectable<DeadLetterActTable>[]> =>
  database
    .selectFrom('dead_letter_act')
    .selectAll()
    .where('letter_id', 'in', [...ids])
    .orderBy('letter_id')
    .orderBy('number')
    .execute()

/** Letters of one state by what they have in common, the most first. */
export async function causesOfLetters(database: Database, state: LetterState, limit: number) {
  const rows = await database
    .selectFrom('dead_letter')
    .select(['consumer_group as group', 'type', 'cause'])
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.min('failed_at').as('first'),
      fn.max('failed_at').as('last'),
    ])
    .where('state', '=', state)
    .groupBy(['consumer_group', 'type', 'cause'])
    .orderBy('count', 'desc')
    .orderBy('last', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

type Letters = SelectQueryBuilder<OrdersTables, 'dead_letter', object>

const filtered = (database: Database, { group, type, cause, orderId, state }: LetterFilter): Letters =>
  database
    .selectFrom('dead_letter')
    .$if(group !== undefined, (query) => query.where('consumer_group', '=', group ?? 'stock'))
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? ''))
    .$if(cause !== undefined, (query) => query.where('cause', '=', cause ?? ''))
    .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'open'))
