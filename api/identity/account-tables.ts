import type { Generated } from 'kysely'
import { uuidColumn } from '../../workers/participant/tables.ts'

/** The one link of an account that sets a new password; asking for another one takes its place. */
export type PasswordResetTable = {
  account_id: string
  /** SHA-256 of the token, base64url; the token itself is in the mail only. */
  hash: string
  expires_at: Date
}

/** Mails to send, written together with what they tell of. */
export type MailTable = {
  id: Generated<string>
  account_id: string
  /** Empty: to nobody; see password-reset.ts. */
  recipient: string
  subject: string
  /** Holds the link, so it is emptied as soon as the mail is out. */
  body_text: string
  body_html: string
  state: Generated<'waiting' | 'sent' | 'given_up'>
  queued_at: Date
  /** Not sent before; whoever sends it moves this on by a lease, and by a back-off when that failed. */
  due_at: Date
  /** Of no use to its reader after this. */
  expires_at: Date
  /** Which try this is: only one process makes each. */
  attempts: Generated<number>
  sent_at: Generated<Date | null>
  last_error: Generated<string | null>
}

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin'

export const accountsMigration = [
  `ALTER TABLE session
    ADD COLUMN user_agent VARCHAR(200) NOT NULL DEFAULT '',
    ADD COLUMN address VARCHAR(45) ${ascii} NOT NULL DEFAULT ''`,
  `ALTER TABLE account
    ADD KEY by_age (created_at, id),
    ADD KEY by_role (role, created_at, id),
    ADD KEY by_name (name)`,
  `CREATE TABLE password_reset (
    account_id ${uuidColumn} PRIMARY KEY,
    hash CHAR(43) ${ascii} NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    UNIQUE KEY one_per_hash (hash),
    KEY by_expiry (expires_at)
  )`,
  `CREATE TABLE mail (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id ${uuidColumn},
    recipient VARCHAR(254) CHARACTER SET utf8mb4 NOT NULL,
    subject VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
    body_text TEXT CHARACTER SET utf8mb4 NOT NULL,
    body_html TEXT CHARACTER SET utf8mb4 NOT NULL,
    state VARCHAR(16) ${ascii} NOT NULL DEFAULT 'waiting',
    queued_at DATETIME(3) NOT NULL,
    due_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    attempts INT UNSIGNED NOT NULL DEFAULT 0,
    sent_at DATETIME(3) NULL,
    last_error VARCHAR(500) CHARACTER SET utf8mb4 NULL,
    KEY to_do (state, due_at),
    KEY by_account (account_id),
    KEY by_age (queued_at)
  )`,
]
