import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import type { ImportAnswer } from './import-once.ts'
import { inboxAndAnswers, inboxByAge, nameColumn, type ParticipantTables, uuidColumn } from '../participant/tables.ts'

export type ProductTable = {
  sku: string
  name: string
  description: string
  price_minor: number
  currency: string
  /** Archived products are not sold and not listed. */
  archived: ColumnType<number, number | undefined, number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** On hand = available + reserved; the database refuses a level below zero. */
export type StockLevelTable = {
  sku: string
  available: number
  reserved: number
  /** What waiting orders want of it, in sum. */
  backordered: Generated<number>
  /** That of its newest ledger entry. */
  version: Generated<number>
  /** Of whoever came to its queue last; it never goes back. */
  last_place: Generated<number>
  /** Available below it is low; 0 is never. */
  low_stock_threshold: Generated<number>
}

/** One row per change of a level, never changed but for its mark. */
export type StockLedgerTable = {
  sku: string
  /** 1, 2, 3 ... per SKU, taken under the level's lock. */
  version: number
  kind: 'adjusted' | 'reserved' | 'released' | 'committed' | 'returned'
  available_delta: number
  reserved_delta: number
  /** The level after it. */
  available: number
  reserved: number
  /** `<orderId>:<step>:<action>:<round>`, or `adjustment:<id>`; once per SKU. */
  cause: string
  /** Account id of the admin, or `system`. */
  actor: string
  reason: string | null
  at: Date
  /** The threshold that available fell under with this change, else 0. */
  low: number
  /** Told on the topic `stock-levels`. */
  relayed: Generated<number>
}

/** Who publishes a SKU's level now. */
export type StockRelayTable = { sku: string; token: string; lease_until: Date }

/** The reservation's own row is its tombstone: a do that comes after its undo finds it and takes nothing. */
export type ReservationTable = {
  order_id: string
  step: string
  state: 'held' | 'waiting' | 'released' | 'committed' | 'returned'
  updated_at: Generated<Date>
}

/** A waiting reservation's place in the queue of each of its SKUs; gone when it waits no more. */
export type BackorderLineTable = {
  sku: string
  place: number
  order_id: string
  step: string
  /** Of the ask that is answered when its turn comes. */
  round: number
  quantity: number
}

/** Orders that got their goods while nobody was asking: their answer is stored and has to be signalled. */
export type ServedOrderTable = { order_id: string; step: string; round: number; served_at: Generated<Date> }

/** Tables of products that were imported under a key, so that the same one again is not imported again. */
export type ProductImportTable = {
  id: string
  fingerprint: string
  answer: JSONColumnType<ImportAnswer>
  imported_at: Generated<Date>
}

export type ReservationLineTable = { order_id: string; step: string; sku: string; quantity: number }

export type StockTables = ParticipantTables & {
  product: ProductTable
  stock_level: StockLevelTable
  stock_ledger: StockLedgerTable
  stock_relay: StockRelayTable
  reservation: ReservationTable
  reservation_line: ReservationLineTable
  backorder_line: BackorderLineTable
  served_order: ServedOrderTable
  product_import: ProductImportTable
}

const causeColumn = 'VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'

export const stockMigrations: Migrations = {
  '0001_stock': [
    ...inboxAndAnswers,
    `CREATE TABLE product (
      sku ${nameColumn} PRIMARY KEY,
      name VARCHAR(200) NOT NULL,
      description TEXT NOT NULL,
      price_minor BIGINT NOT NULL,
      currency CHAR(3) CHARACTER SET ascii NOT NULL,
      archived TINYINT NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      CONSTRAINT price_not_negative CHECK (price_minor >= 0)
    )`,
    `CREATE TABLE stock_level (
      sku ${nameColumn} PRIMARY KEY,
      available INT NOT NULL,
      reserved INT NOT NULL,
      CONSTRAINT available_not_negative CHECK (available >= 0),
      CONSTRAINT reserved_not_negative CHECK (reserved >= 0)
    )`,
    `CREATE TABLE stock_adjustment (
      id BIGINT AUTO_INCREMENT PRIMARY KEY,
      sku ${nameColumn},
      delta INT NOT NULL,
      reason VARCHAR(500) NOT NULL,
      actor ${nameColumn},
      adjusted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      KEY by_sku (sku, id)
    )`,
    `CREATE TABLE reservation (
      order_id ${uuidColumn},
      step ${nameColumn},
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step)
    )`,
    `CREATE TABLE reservation_line (
      order_id ${uuidColumn},
      step ${nameColumn},
      sku ${nameColumn},
      quantity INT NOT NULL,
      PRIMARY KEY (order_id, step, sku),
      CONSTRAINT quantity_positive CHECK (quantity > 0)
    )`,
  ],
  // archived products stay for ever: without it a page would begin with all of them
  '0002_sold_products': ['ALTER TABLE product ADD KEY sold (archived, sku)'],
  '0003_stock_ledger': [
    `CREATE TABLE stock_ledger (
      sku ${nameColumn},
      version BIGINT NOT NULL,
      kind VARCHAR(16) CHARACTER SET ascii NOT NULL,
      available_delta INT NOT NULL,
      reserved_delta INT NOT NULL,
      available INT NOT NULL,
      reserved INT NOT NULL,
      cause ${causeColumn},
      actor ${nameColumn},
      reason VARCHAR(500) NULL,
      at DATETIME(3) NOT NULL,
      low INT NOT NULL DEFAULT 0,
      relayed TINYINT NOT NULL DEFAULT 0,
      PRIMARY KEY (sku, version),
      UNIQUE KEY once (sku, cause),
      KEY unrelayed (relayed, sku, version),
      CONSTRAINT ledger_version_counts CHECK (version > 0),
      CONSTRAINT ledger_available_not_negative CHECK (available >= 0),
      CONSTRAINT ledger_reserved_not_negative CHECK (reserved >= 0)
    )`,
    `CREATE TABLE stock_relay (
      sku ${nameColumn} PRIMARY KEY,
      token ${uuidColumn},
      lease_until DATETIME(3) NOT NULL
    )`,
    `ALTER TABLE stock_level
      ADD COLUMN version BIGINT NOT NULL DEFAULT 0,
      ADD COLUMN low_stock_threshold INT NOT NULL DEFAULT 0`,
    // what was adjusted so far are the first entries; what orders did since then is one more, which ends at the level
    `INSERT INTO stock_ledger (sku, version, kind, available_delta, reserved_delta, available, reserved, cause, actor,
        reason, at, relayed)
      SELECT sku, ROW_NUMBER() OVER (PARTITION BY sku ORDER BY id), 'adjusted', delta, 0,
        SUM(delta) OVER (PARTITION BY sku ORDER BY id), 0, CONCAT('adjustment:', id), actor, reason, adjusted_at, 1
      FROM stock_adjustment`,
    `INSERT INTO stock_ledger (sku, version, kind, available_delta, reserved_delta, available, reserved, cause, actor,
        reason, at)
      SELECT l.sku, COALESCE(a.entries, 0) + 1, 'adjusted', l.available - COALESCE(a.total, 0), l.reserved,
        l.available, l.reserved, 'opening', 'system', 'Orders before there was a ledger', CURRENT_TIMESTAMP(3)
      FROM stock_level l
      LEFT JOIN (SELECT sku, COUNT(*) AS entries, SUM(delta) AS total FROM stock_adjustment GROUP BY sku) a
        ON a.sku = l.sku`,
    `UPDATE stock_level l SET l.version = (SELECT MAX(e.version) FROM stock_ledger e WHERE e.sku = l.sku)`,
    'DROP TABLE stock_adjustment',
  ],
  '0004_backorders': [
    `ALTER TABLE stock_level
      ADD COLUMN backordered INT NOT NULL DEFAULT 0,
      ADD COLUMN last_place BIGINT NOT NULL DEFAULT 0,
      ADD CONSTRAINT backordered_not_negative CHECK (backordered >= 0)`,
    `CREATE TABLE backorder_line (
      sku ${nameColumn},
      place BIGINT NOT NULL,
      order_id ${uuidColumn},
      step ${nameColumn},
      round INT NOT NULL,
      quantity INT NOT NULL,
      PRIMARY KEY (sku, place),
      KEY by_order (order_id, step)
    )`,
    `CREATE TABLE served_order (
      order_id ${uuidColumn},
      step ${nameColumn},
      round INT NOT NULL,
      served_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step)
    )`,
    // for the sweep, which looks at old ones that are still held
    'ALTER TABLE reservation ADD KEY by_state (state, updated_at, order_id)',
  ],
  '0005_product_imports': [
    `CREATE TABLE product_import (
      id ${uuidColumn} PRIMARY KEY,
      fingerprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      answer JSON NOT NULL,
      imported_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    )`,
  ],
  '0006_old_inbox': [inboxByAge],
}
