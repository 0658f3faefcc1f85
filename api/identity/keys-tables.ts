import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import { uuidColumn } from '../../workers/participant/tables.ts'

/** Shared by all API processes. JWKs as text, so that every database hands them out alike. */
export type SigningKeyTable = {
  kid: string
  public_jwk: string
  /** Empty once the key signs no more. */
  private_jwk: string
  /** `next` is published and will sign, `active` signs, `retiring` only verifies. Null: retiring, of an older version. */
  status: ColumnType<KeyStatus | null, KeyStatus, KeyStatus>
  /** The status where only one key may have it, else null. */
  slot: GeneratedAlways<'next' | 'active' | null>
  /** It signs from then on, at the earliest. Null in keys of an older version: since `created_at`. */
  not_before: ColumnType<Date | null, Date | undefined, Date>
  /** Of a retiring key: its tokens are good until then. */
  not_after: ColumnType<Date | null, Date | undefined, Date>
  created_at: Generated<Date>
}

export type KeyStatus = 'next' | 'active' | 'retiring'

/** A program that calls the API as itself. */
export type ServiceAccountTable = {
  /** Its `client_id`, and the customer of the orders that it places. */
  id: string
  name: string
  /** Separated by blanks, as OAuth has them. */
  scopes: string
  created_by: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Generated<Date | null>
  revoked_at: Generated<Date | null>
}

/** Two of them at most, so that a secret can be changed without an outage. The secret itself is never stored. */
export type ServiceAccountKeyTable = {
  id: string
  account_id: string
  /** 1 or 2; a third has no place. */
  slot: number
  /** SHA-256 of the secret, base64url. */
  hash: string
  created_by: string
  created_at: Date
  last_used_at: Generated<Date | null>
}

const hash = 'CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'

/**
 * Only adds: a process of the version before goes on reading the keys and signing with the active one. Whatever has no
 * status verifies for another hour, which is more than any token lives.
 */
export const keysMigration = [
  `ALTER TABLE signing_key
    ADD COLUMN slot VARCHAR(16) CHARACTER SET ascii AS (NULLIF(status, 'retiring')) STORED,
    ADD COLUMN not_before DATETIME(3) NULL,
    ADD COLUMN not_after DATETIME(3) NULL,
    ADD UNIQUE KEY one_per_slot (slot),
    DROP INDEX one_active`,
  `UPDATE signing_key SET status = 'retiring', not_after = DATE_ADD(UTC_TIMESTAMP(3), INTERVAL 1 HOUR)
    WHERE status IS NULL`,
  `CREATE TABLE service_account (
    id ${uuidColumn} PRIMARY KEY,
    name VARCHAR(100) NOT NULL,
    scopes VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_by ${uuidColumn},
    created_at DATETIME(3) NOT NULL,
    expires_at DATETIME(3) NULL,
    last_used_at DATETIME(3) NULL,
    revoked_at DATETIME(3) NULL,
    KEY by_creation (created_at, id)
  )`,
  `CREATE TABLE service_account_key (
    id ${uuidColumn} PRIMARY KEY,
    account_id ${uuidColumn},
    slot TINYINT NOT NULL,
    hash ${hash},
    created_by ${uuidColumn},
    created_at DATETIME(3) NOT NULL,
    last_used_at DATETIME(3) NULL,
    UNIQUE KEY two_at_most (account_id, slot),
    CHECK (slot IN (1, 2))
  )`,
]
