import type { Generated } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import type { DeliveryStatus } from '../../domain/webhooks/delivery.ts'
import { uuidColumn } from '../participant/tables.ts'

/** Customers' endpoints hear of their own orders, those of admins and programs of all. */
export const ownerKinds = ['customer', 'admin', 'program'] as const
export type OwnerKind = (typeof ownerKinds)[number]

/** Why an endpoint is disabled: by its owner, by its answer 410, after a day of failures, or as its owner lost the right to it. */
export const disablers = ['owner', 'gone', 'failing', 'no_access'] as const
export type Disabler = (typeof disablers)[number]

export type EndpointTable = {
  id: string
  owner_kind: OwnerKind
  owner_id: string
  /** 1, 2, 3 ... per owner: how many there may be is a rule of the key. */
  slot: number
  url: string
  description: string
  /** What it wants, separated by blanks. */
  events: string
  /** Null while it is enabled. */
  disabled_by: Disabler | null
  disabled_at: Date | null
  /** As `platform/sealed.ts` writes it. */
  secret: string
  /** Signs too until then, after a change. */
  old_secret: string | null
  old_secret_until: Date | null
  failures: Generated<number>
  opened_at: Date | null
  probe_at: Date | null
  probes: Generated<number>
  created_at: Date
  updated_at: Date
}

/** Whose an order is. Only `order.placed` and those that ask carry it. */
export type OrderOwnerTable = { order_id: string; customer_id: string }

export type DeliveryTable = {
  id: string
  endpoint_id: string
  event_id: string
  type: string
  /** Null for a test. */
  order_id: string | null
  /** As it is sent: signatures are of these very bytes. */
  body: string
  status: DeliveryStatus
  attempts: Generated<number>
  /** When it is tried next, as far as that is known. */
  next_at: Date | null
  created_at: Date
  updated_at: Date
}

export type AttemptTable = {
  delivery_id: string
  number: number
  started_at: Date
  duration_ms: number
  /** Null where there was no answer. */
  status: number | null
  error: string | null
  response_start: string | null
}

export type WebhookTables = {
  endpoint: EndpointTable
  order_owner: OrderOwnerTable
  delivery: DeliveryTable
  attempt: AttemptTable
}

const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`

export const webhookMigrations: Migrations = {
  '0001_webhooks': [
    `CREATE TABLE endpoint (
      id ${uuidColumn} PRIMARY KEY,
      owner_kind ${ascii(16)} NOT NULL,
      owner_id ${ascii(64)} NOT NULL,
      slot SMALLINT NOT NULL,
      url VARCHAR(2000) NOT NULL,
      description VARCHAR(200) NOT NULL,
      events ${ascii(2000)} NOT NULL,
      disabled_by ${ascii(16)} NULL,
      disabled_at DATETIME(3) NULL,
      secret ${ascii(500)} NOT NULL,
      old_secret ${ascii(500)} NULL,
      old_secret_until DATETIME(3) NULL,
      failures INT NOT NULL DEFAULT 0,
      opened_at DATETIME(3) NULL,
      probe_at DATETIME(3) NULL,
      probes INT NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      UNIQUE KEY one_per_slot (owner_id, slot),
      KEY by_kind (owner_kind),
      KEY by_time (created_at, id)
    )`,
    `CREATE TABLE order_owner (
      order_id ${uuidColumn} PRIMARY KEY,
      customer_id ${uuidColumn}
    )`,
    `CREATE TABLE delivery (
      id ${uuidColumn} PRIMARY KEY,
      endpoint_id ${uuidColumn},
      event_id ${ascii(64)} NOT NULL,
      type ${ascii(64)} NOT NULL,
      order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      body MEDIUMTEXT NOT NULL,
      status ${ascii(20)} NOT NULL,
      attempts INT NOT NULL DEFAULT 0,
      next_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      UNIQUE KEY one_per_event (endpoint_id, event_id),
      KEY by_endpoint (endpoint_id, created_at, id),
      KEY by_endpoint_status (endpoint_id, status, created_at, id),
      KEY by_age (created_at)
    )`,
    `CREATE TABLE attempt (
      delivery_id ${uuidColumn},
      number INT NOT NULL,
      started_at DATETIME(3) NOT NULL,
      duration_ms INT NOT NULL,
      status SMALLINT NULL,
      error ${ascii(64)} NULL,
      response_start VARCHAR(1024) NULL,
      PRIMARY KEY (delivery_id, number)
    )`,
  ],
}
