import type { Generated, JSONColumnType } from 'kysely'
import type { Action, Ask } from '../../domain/saga/event.ts'
import type { Answer, ParcelMoved } from '../../domain/saga/messages.ts'
import type { Order } from '../../domain/order.ts'

/** One row per event that was taken in. A second event of the same id with another hash is an alarm. */
export type InboxTable = {
  event_id: string
  hash: string
  /** Names the transaction that claimed the row. */
  claim: string
  received_at: Generated<Date>
}

export type StoredAnswer = Omit<Answer, 'at'>
export type StoredMovement = Omit<ParcelMoved, 'at'>

/** What the saga is told, once per ask, and again until Temporal has accepted it. */
export type AnswerTable = {
  order_id: string
  step: string
  action: Action | ParcelMoved['movement']
  round: number
  body: JSONColumnType<StoredAnswer | StoredMovement>
  answered_at: Generated<Date>
  signalled_at: Date | null
}

/** A call to the outside that somebody was asked for, kept until its outcome is known. */
export type TaskTable = {
  order_id: string
  step: string
  action: Action | 'dispatch'
  round: number
  /** Sequence of the event that asked: tasks of one order run in this order. */
  sequence: number
  state: 'open' | 'done' | 'cancelled'
  due_at: Date
  /** Somebody works on it until then. */
  lease_until: Date | null
  /** Counts leases; a result is stored only under the fence it was taken with. */
  fence: Generated<number>
  order_body: JSONColumnType<Order>
  /** What was asked, word for word; absent where nobody asked, as for a dispatch. */
  ask: JSONColumnType<Ask> | null
  /** W3C trace context of what asked. */
  traceparent: string | null
  last_error: string | null
}

export type ParticipantTables = { inbox: InboxTable; answer: AnswerTable }
export type RunnerTables = ParticipantTables & { task: TaskTable }

const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`

export const uuidColumn = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'
export const nameColumn = ascii(64)

export const inboxAndAnswers = [
  `CREATE TABLE inbox (
    event_id ${ascii(64)} PRIMARY KEY,
    hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    claim ${uuidColumn},
    received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
  )`,
  `CREATE TABLE answer (
    order_id ${uuidColumn},
    step ${nameColumn},
    action ${ascii(16)},
    round INT NOT NULL,
    body JSON NOT NULL,
    answered_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    signalled_at DATETIME(3) NULL,
    PRIMARY KEY (order_id, step, action, round),
    KEY unsignalled (signalled_at, answered_at)
  )`,
] as const

export const tasks = `CREATE TABLE task (
  order_id ${uuidColumn},
  step ${nameColumn},
  action ${ascii(16)},
  round INT NOT NULL,
  sequence INT NOT NULL,
  state ${ascii(16)},
  due_at DATETIME(3) NOT NULL,
  lease_until DATETIME(3) NULL,
  fence INT NOT NULL DEFAULT 0,
  order_body JSON NOT NULL,
  last_error VARCHAR(500) NULL,
  PRIMARY KEY (order_id, step, action, round),
  KEY claimable (state, due_at)
)`

/** For those that are forgotten. */
export const inboxByAge = 'ALTER TABLE inbox ADD KEY by_age (received_at)'

export const tasksKeepAsk = 'ALTER TABLE task ADD COLUMN ask JSON NULL'
export const tasksKeepTrace = 'ALTER TABLE task ADD COLUMN traceparent VARCHAR(55) CHARACTER SET ascii NULL'
