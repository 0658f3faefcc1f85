import type { Generated } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import { uuidColumn } from '../../workers/participant/tables.ts'
import { checksMigration, type CheckRunTable } from '../checks/check-table.ts'
import { accountsMigration, type MailTable, type PasswordResetTable } from './account-tables.ts'
import { auditMigration, type AuditTable } from './audit-table.ts'
import { type LimitBucketTable, type LimitCountTable, limitsMigration } from './limit-tables.ts'
import {
  keysMigration,
  type ServiceAccountKeyTable,
  type ServiceAccountTable,
  type SigningKeyTable,
} from './keys-tables.ts'
import { orderFiltersMigration, type OrderFilterTable } from './order-filter-table.ts'

export const roles = ['customer', 'support', 'admin'] as const
export type Role = (typeof roles)[number]
/** What a service account may be allowed to do. */
export const scopes = ['orders:read', 'orders:write', 'stock:write', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** The only place where a person's name and email address are kept. */
export type AccountTable = {
  id: string
  /** Lower case: one person has one account, however the address is typed. */
  email: string
  name: string
  role: Role
  /** Argon2id in PHC string format, with its parameters. */
  password_hash: string
  disabled: Generated<number>
  created_at: Generated<Date>
}

/** One login. All refresh tokens that follow from it live and die with it. */
export type SessionTable = {
  id: string
  account_id: string
  started_at: Date
  last_used_at: Date
  expires_at: Date
  revoked_at: Generated<Date | null>
  /** As told at the sign-in, for their owner to know them by. */
  user_agent: Generated<string>
  address: Generated<string>
}

/** One row per token ever handed out; the token itself is never stored. */
export type RefreshTokenTable = {
  /** SHA-256, base64url. */
  hash: string
  session_id: string
  issued_at: Date
  /** Each is good once. */
  used_at: Generated<Date | null>
  /** Hash of the token that was spent for it and of the key of that renewal, where it came with one. */
  asked_with: Generated<string | null>
}

export type IdentityTables = {
  account: AccountTable
  session: SessionTable
  refresh_token: RefreshTokenTable
  signing_key: SigningKeyTable
  audit: AuditTable
  limit_bucket: LimitBucketTable
  limit_count: LimitCountTable
  service_account: ServiceAccountTable
  service_account_key: ServiceAccountKeyTable
  password_reset: PasswordResetTable
  mail: MailTable
  check_run: CheckRunTable
  order_filter: OrderFilterTable
}

const hash = 'CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'

export const identityMigrations: Migrations = {
  '0001_identity': [
    `CREATE TABLE account (
      id ${uuidColumn} PRIMARY KEY,
      email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      name VARCHAR(200) NOT NULL,
      role VARCHAR(16) CHARACTER SET ascii NOT NULL,
      password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      disabled TINYINT NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      UNIQUE KEY one_per_email (email)
    )`,
    `CREATE TABLE session (
      id ${uuidColumn} PRIMARY KEY,
      account_id ${uuidColumn},
      started_at DATETIME(3) NOT NULL,
      last_used_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      revoked_at DATETIME(3) NULL,
      KEY by_account (account_id),
      KEY by_expiry (expires_at)
    )`,
    `CREATE TABLE refresh_token (
      hash ${hash} PRIMARY KEY,
      session_id ${uuidColumn},
      issued_at DATETIME(3) NOT NULL,
      used_at DATETIME(3) NULL,
      KEY by_session (session_id)
    )`,
    `CREATE TABLE signing_key (
      kid ${hash} PRIMARY KEY,
      public_jwk VARCHAR(1000) NOT NULL,
      private_jwk VARCHAR(1000) NOT NULL,
      status VARCHAR(16) CHARACTER SET ascii NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      UNIQUE KEY one_active (status)
    )`,
  ],
  '0002_audit': auditMigration,
  '0003_accounts': accountsMigration,
  '0004_keys': keysMigration,
  '0005_limits': limitsMigration,
  '0006_checks': checksMigration,
  '0007_order_filters': orderFiltersMigration,
  '0008_lost_renewals': [
    'ALTER TABLE refresh_token ADD COLUMN asked_with CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL',
  ],
}
