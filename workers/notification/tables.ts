import type { Generated, JSONColumnType } from 'kysely'
import type { Lane } from '../../events/topics.ts'
import type { Migrations } from '../../platform/migrate.ts'
import { uuidColumn } from '../participant/tables.ts'
import type { KnownOrder } from './decide.ts'
import type { Kind, OrderKind } from './kinds.ts'
import type { Facts } from './notice.ts'

/**
 * `sent`: a mail server took it. `kept`: none is configured, it stays in the mailbox. `refused`: a mail server will not
 * take it for this address. `unwanted`: the customer doesn't want it. `failed`: there is no address, or nobody took it
 * for days.
 */
export const messageStates = ['queued', 'sending', 'sent', 'kept', 'refused', 'unwanted', 'failed'] as const
export type MessageState = (typeof messageStates)[number]

/**
 * One row per message: a message whose row is there is not made again, nor is one of which it may be forgotten. No
 * address is kept.
 */
export type MessageTable = {
  id: Generated<number>
  /** Of an event or campaign; with `kind` unique. */
  source: string
  kind: Kind
  lane: Lane
  customer_id: string
  order_id: string | null
  campaign_id: string | null
  facts: JSONColumnType<Facts> | null
  state: MessageState
  /** When somebody has to see to it; null once that is over. */
  due_at: Date | null
  attempts: Generated<number>
  /** Names the claim under which somebody works on it. */
  claim: string | null
  queued_at: Date
  settled_at: Date | null
  /** Why it was not sent, without a mail server's words: those repeat addresses. */
  cause: string | null
}

export type KnownOrderTable = { order_id: string; body: JSONColumnType<KnownOrder> }

/** A customer's choices; without a row: all messages about orders, no campaigns. */
export type PreferenceTable = {
  customer_id: string
  unwanted: JSONColumnType<readonly OrderKind[]>
  campaigns: number
}

export type CampaignTable = {
  id: string
  subject: string
  body_text: string
  created_by: string
  created_at: Date
  /** Customers up to this one are on the lane. */
  reached: Generated<string>
  queued: Generated<number>
  /** Null until all are. */
  finished_at: Date | null
}

export type NotificationTables = {
  message: MessageTable
  known_order: KnownOrderTable
  preference: PreferenceTable
  campaign: CampaignTable
  /** One row: what happened before this service was there is told nobody. */
  beginning: { at: Date }
}

const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export const notificationMigrations: Migrations = {
  '0001_notification': [
    `CREATE TABLE message (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      source ${ascii(80)} NOT NULL,
      kind ${ascii(16)} NOT NULL,
      lane ${ascii(16)} NOT NULL,
      customer_id ${uuidColumn},
      order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      campaign_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      facts JSON NULL,
      state ${ascii(16)} NOT NULL,
      due_at DATETIME(3) NULL,
      attempts INT UNSIGNED NOT NULL DEFAULT 0,
      claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      queued_at DATETIME(3) NOT NULL,
      settled_at DATETIME(3) NULL,
      cause ${ascii(64)} NULL,
      UNIQUE KEY once (source, kind),
      KEY to_do (lane, due_at, id),
      KEY by_order (order_id, id),
      KEY by_customer (customer_id, id),
      KEY by_state (state, id)
    )`,
    `CREATE TABLE known_order (
      order_id ${uuidColumn} PRIMARY KEY,
      body JSON NOT NULL
    )`,
    `CREATE TABLE preference (
      customer_id ${uuidColumn} PRIMARY KEY,
      unwanted JSON NOT NULL,
      campaigns TINYINT NOT NULL,
      KEY wants_campaigns (campaigns, customer_id)
    )`,
    `CREATE TABLE campaign (
      id ${uuidColumn} PRIMARY KEY,
      subject VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
      body_text TEXT CHARACTER SET utf8mb4 NOT NULL,
      created_by ${ascii(64)} NOT NULL,
      created_at DATETIME(3) NOT NULL,
      reached ${ascii(36)} NOT NULL DEFAULT '',
      queued INT UNSIGNED NOT NULL DEFAULT 0,
      finished_at DATETIME(3) NULL,
      KEY unfinished (finished_at, created_at)
    )`,
    'CREATE TABLE beginning (at DATETIME(3) NOT NULL PRIMARY KEY)',
    'INSERT INTO beginning (at) VALUES (UTC_TIMESTAMP(3))',
  ],
  '0002_old_messages': ['ALTER TABLE message ADD KEY by_end (settled_at)'],
}
