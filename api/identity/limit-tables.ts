import type { Generated } from 'kysely'

/** What users have spent of their rates, for all API processes: a row is of no use any more once it has drained. */
export type LimitBucketTable = {
  /** `<rate>:<user id>`. */
  bucket: string
  /** The last addition, in milliseconds: it stands here so that an addition can be one statement. */
  spent_ms: number
  /** Epoch milliseconds by the database's clock. */
  drained_at: number
}

/** Sign-ins and the like that failed, by a hash of the email or client address; as rate-limiter-flexible wants it. */
export type LimitCountTable = {
  key: string
  points: Generated<number>
  /** Epoch milliseconds. */
  expire: number | null
}

export const limitsMigration = [
  `CREATE TABLE limit_bucket (
    bucket VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
    spent_ms BIGINT NOT NULL,
    drained_at BIGINT NOT NULL,
    KEY by_drained_at (drained_at)
  )`,
  `CREATE TABLE limit_count (
    \`key\` VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    points INT NOT NULL DEFAULT 0,
    expire BIGINT UNSIGNED NULL,
    KEY by_expire (expire)
  )`,
]
