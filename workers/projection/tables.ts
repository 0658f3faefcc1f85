import type { Generated, JSONColumnType } from 'kysely'
import type { Failure, Order, OrderStatus } from '../../domain/order.ts'
import type { ReturnStatus, ReturnView } from '../../domain/returns/view.ts'
import type { OrderEventData } from '../../domain/saga/event.ts'
import type { Migrations } from '../../platform/migrate.ts'
import { uuidColumn } from '../participant/tables.ts'
import { type FigureDueTable, figureTables, type FigureTable } from './figures/tables.ts'
import { type DeadLetterActTable, deadLetterTables, type DeadLetterTable } from './dead-letters/tables.ts'

type Details = Readonly<Record<string, unknown>>

/** One row per order, as readers see it: folded from the order's events and from nothing else. */
export type OrderTable = {
  id: string
  customer_id: string
  status: OrderStatus
  needs_attention: number
  placed_at: Date
  updated_at: Date
  /** Sequence of the last event folded in. */
  version: number
  fingerprint: string
  body: JSONColumnType<Order>
  payment: JSONColumnType<Details> | null
  shipment: JSONColumnType<Details> | null
  failure: JSONColumnType<Failure> | null
  /** The parcel can't be called back any more, so neither can the order. */
  cancellation_refused: number
  /** Whom its saga waits for: names of steps or `customer`, sorted, with commas between them; empty: nobody. */
  waiting_for: Generated<string>
  waiting_since: Date | null
}

export type OrderEventTable = {
  order_id: string
  sequence: number
  type: string
  occurred_at: Date
  data: JSONColumnType<OrderEventData>
  traceparent: string | null
}

/** One row per order and SKU, for whoever looks for the orders of a product. Written once: lines never change. */
export type OrderLineTable = {
  sku: string
  placed_at: Date
  order_id: string
  customer_id: string
}

/** One row per return, as its last event tells it. */
export type OrderReturnTable = {
  order_id: string
  number: number
  customer_id: string
  status: ReturnStatus
  needs_attention: number
  requested_at: Date
  /** Sequence of the last event of the order's returns that changed it. */
  version: number
  body: JSONColumnType<ReturnView>
}

/** `return.*` events: they count a sequence of their own. */
export type ReturnEventTable = OrderEventTable

export type OrdersTables = {
  orders: OrderTable
  order_event: OrderEventTable
  order_line: OrderLineTable
  order_return: OrderReturnTable
  return_event: ReturnEventTable
  dead_letter: DeadLetterTable
  dead_letter_act: DeadLetterActTable
  figure: FigureTable
  figure_due: FigureDueTable
}

const timeline = (table: 'order_event' | 'return_event') => `CREATE TABLE ${table} (
  order_id ${uuidColumn},
  sequence INT NOT NULL,
  type VARCHAR(64) CHARACTER SET ascii NOT NULL,
  occurred_at DATETIME(3) NOT NULL,
  data JSON NOT NULL,
  traceparent VARCHAR(55) CHARACTER SET ascii NULL,
  PRIMARY KEY (order_id, sequence)
)`

export const ordersMigrations: Migrations = {
  '0001_orders': [
    `CREATE TABLE orders (
      id ${uuidColumn} PRIMARY KEY,
      customer_id ${uuidColumn},
      status VARCHAR(16) CHARACTER SET ascii NOT NULL,
      needs_attention TINYINT NOT NULL,
      placed_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      version INT NOT NULL,
      fingerprint CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      body JSON NOT NULL,
      payment JSON NULL,
      shipment JSON NULL,
      failure JSON NULL,
      cancellation_refused TINYINT NOT NULL DEFAULT 0,
      KEY newest (placed_at, id),
      KEY newest_of_customer (customer_id, placed_at, id),
      KEY newest_by_status (status, placed_at, id),
      KEY newest_of_customer_by_status (customer_id, status, placed_at, id),
      KEY newest_by_attention (needs_attention, placed_at, id)
    )`,
    timeline('order_event'),
  ],
  '0002_returns': [
    `CREATE TABLE order_return (
      order_id ${uuidColumn},
      number INT NOT NULL,
      customer_id ${uuidColumn},
      status VARCHAR(16) CHARACTER SET ascii NOT NULL,
      needs_attention TINYINT NOT NULL,
      requested_at DATETIME(3) NOT NULL,
      version INT NOT NULL,
      body JSON NOT NULL,
      PRIMARY KEY (order_id, number),
      KEY newest (requested_at, order_id, number),
      KEY newest_by_status (status, requested_at, order_id, number)
    )`,
    timeline('return_event'),
  ],
  '0003_dead_letters': deadLetterTables,
  '0004_order_lines': [
    `CREATE TABLE order_line (
      sku VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      placed_at DATETIME(3) NOT NULL,
      order_id ${uuidColumn},
      customer_id ${uuidColumn},
      PRIMARY KEY (sku, placed_at, order_id),
      KEY newest_of_customer (customer_id, sku, placed_at, order_id)
    )`,
    `INSERT IGNORE INTO order_line (sku, placed_at, order_id, customer_id)
      SELECT line.sku, orders.placed_at, orders.id, orders.customer_id
      FROM orders, JSON_TABLE(orders.body, '$.lines[*]' COLUMNS (sku VARCHAR(64) PATH '$.sku')) AS line`,
  ],
  '0005_figures': figureTables,
  // of an order that is under way meanwhile it is told from its next event on, or by a rebuild
  '0006_board': [
    `ALTER TABLE orders
      ADD COLUMN waiting_for VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
      ADD COLUMN waiting_since DATETIME(3) NULL,
      ADD KEY longest_waiting (waiting_since, id, waiting_for)`,
    'ALTER TABLE dead_letter ADD KEY orders_by_state (state, order_id)',
  ],
  // whoever is counted as waiting is not over, in the index alone
  '0007_waiting_by_status': [
    `ALTER TABLE orders
      DROP KEY longest_waiting,
      ADD KEY longest_waiting (waiting_since, id, waiting_for, status)`,
  ],
}
