import type { Generated, JSONColumnType } from 'kysely'
import type { Group } from '../../../events/topics.ts'

export const letterStates = ['open', 'redriven', 'discarded'] as const
export type LetterState = (typeof letterStates)[number]

/** Name and base64 of the bytes, in their order: a header may be no text, and may come twice. */
export type StoredHeaders = readonly (readonly [name: string, base64: string])[]

/** One row per message that a group could not process: folded from the dead-letter topics, and made again from them. */
export type DeadLetterTable = {
  /** `<group>:<partition>:<offset>` of where the message stood first. */
  id: string
  consumer_group: Group
  topic: string
  partition_number: number
  message_offset: number
  /** What its key and headers say, as far as they are readable. */
  order_id: string | null
  type: string | null
  event_id: string | null
  sequence: number | null
  /** How often it had been redriven when it failed last; what follows is of that failure. */
  redrives: number
  attempts: number
  cause: string
  message: string
  first_seen: Date
  failed_at: Date
  message_key: Buffer | null
  headers: JSONColumnType<StoredHeaders>
  body: Buffer | null
  /** `open` unless there is an act numbered one above `redrives`. */
  state: LetterState
}

/** What is different in an edited body, by JSON pointer; `before` or `after` is absent where there was, or is, nothing. */
export type Difference = readonly { readonly pointer: string; readonly before?: unknown; readonly after?: unknown }[]

/** What staff did about a letter. No topic has this: it is kept when the letters are made anew. */
export type DeadLetterActTable = {
  id: Generated<number>
  letter_id: string
  /** 1, 2, 3 ... per letter: of two that act at once, one finds the number taken. */
  number: number
  kind: 'redriven' | 'discarded'
  by_kind: string
  by_id: string
  at: Date
  reason: string
  difference: JSONColumnType<Difference> | null
  /** The body that is sent, where it was edited. */
  body: Buffer | null
  /** When it was on the redrive topic; a discard never is. */
  sent_at: Date | null
}

const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export const deadLetterTables = [
  `CREATE TABLE dead_letter (
    id ${ascii(96)} NOT NULL PRIMARY KEY,
    consumer_group ${ascii(32)} NOT NULL,
    topic ${ascii(249)} NOT NULL,
    partition_number INT NOT NULL,
    message_offset BIGINT NOT NULL,
    order_id ${ascii(36)} NULL,
    type ${ascii(64)} NULL,
    event_id ${ascii(64)} NULL,
    sequence INT NULL,
    redrives INT NOT NULL,
    attempts INT NOT NULL,
    cause ${ascii(64)} NOT NULL,
    message VARCHAR(500) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    failed_at DATETIME(3) NOT NULL,
    message_key LONGBLOB NULL,
    headers JSON NOT NULL,
    body LONGBLOB NULL,
    state ${ascii(16)} NOT NULL,
    KEY newest (first_seen, id),
    KEY newest_by_state (state, first_seen, id),
    KEY of_order (order_id, first_seen, id),
    KEY by_cause (state, consumer_group, type, cause, failed_at)
  )`,
  `CREATE TABLE dead_letter_act (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    letter_id ${ascii(96)} NOT NULL,
    number INT NOT NULL,
    kind ${ascii(16)} NOT NULL,
    by_kind ${ascii(16)} NOT NULL,
    by_id ${ascii(64)} NOT NULL,
    at DATETIME(3) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    difference JSON NULL,
    body LONGBLOB NULL,
    sent_at DATETIME(3) NULL,
    UNIQUE KEY one_act_at_a_time (letter_id, number),
    KEY unsent (kind, sent_at, id)
  )`,
] as const
