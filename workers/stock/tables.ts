import type { ColumnType, Generated } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import { inboxAndAnswers, nameColumn, type ParticipantTables, uuidColumn } from '../participant/tables.ts'

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
export type StockLevelTable = { sku: string; available: number; reserved: number }

export type StockAdjustmentTable = {
  id: Generated<number>
  sku: string
  delta: number
  reason: string
  /** Account id of the admin, or `system`. */
  actor: string
  adjusted_at: Generated<Date>
}

/** The reservation's own row is its tombstone: a do that comes after its undo finds it and takes nothing. */
export type ReservationTable = {
  order_id: string
  step: string
  state: 'held' | 'released' | 'committed'
  updated_at: Generated<Date>
}

export type ReservationLineTable = { order_id: string; step: string; sku: string; quantity: number }

export type StockTables = ParticipantTables & {
  product: ProductTable
  stock_level: StockLevelTable
  stock_adjustment: StockAdjustmentTable
  reservation: ReservationTable
  reservation_line: ReservationLineTable
}

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
}
