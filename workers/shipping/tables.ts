import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import {
  inboxAndAnswers,
  inboxByAge,
  nameColumn,
  type RunnerTables,
  tasks,
  tasksKeepAsk,
  tasksKeepTrace,
  uuidColumn,
} from '../participant/tables.ts'
import type { TrackingNews, TrackingStatus } from './carrier.ts'

/** The only place where an order's address is kept. Rows are never changed: another address is another row. */
export type AddressTable = {
  id: string
  order_id: string
  customer_id: string
  name: string
  line1: string
  line2: string | null
  city: string
  postal_code: string
  country: string
  created_at: Generated<Date>
}

/** Released is booked, and the order is confirmed: the parcel may leave. */
export type ShipmentState = TrackingStatus | 'released'

export type ShipmentTable = {
  order_id: string
  step: string
  state: ShipmentState
  carrier: string
  tracking_number: string | null
  /** Shows name and address, so it stays here and goes into no event. */
  label_url: ColumnType<string | null, string | null | undefined, string | null>
  /** Absent for those from before this was kept. */
  booked_at: ColumnType<Date | null, undefined, never>
  updated_at: Generated<Date>
}

/** A shipment's history, as its carrier tells it. */
export type TrackingEventTable = {
  order_id: string
  step: string
  event_id: string
  status: TrackingStatus
  occurred_at: Date
  description: string | null
  location: string | null
  recorded_at: Generated<Date>
}

/** Every signed webhook about a parcel, once. Parked: its shipment is not known (yet). */
export type WebhookEventTable = {
  carrier: string
  event_id: string
  type: string
  tracking_number: string
  news: JSONColumnType<TrackingNews>
  state: 'parked' | 'applied'
  received_at: Generated<Date>
}

export type Fate = 'delivered' | 'lost' | 'returned'

/** The carrier simulator's own book: nobody but the simulator reads it. */
export type SimulatedParcelTable = {
  key: string
  tracking_number: string
  state: 'booked' | 'handedOver' | 'dispatched' | Fate | 'cancelled'
  /** What becomes of it in the end. */
  fate: ColumnType<Fate, Fate | undefined, never>
  dispatch_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  deliver_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** 0 while the shop has not yet taken in the last movement. */
  reported: ColumnType<number, number | undefined, number>
}

export type ShippingTables = RunnerTables & {
  address: AddressTable
  shipment: ShipmentTable
  tracking_event: TrackingEventTable
  webhook_event: WebhookEventTable
  simulated_parcel: SimulatedParcelTable
}

export const shippingMigrations: Migrations = {
  '0001_shipping': [
    ...inboxAndAnswers,
    tasks,
    `CREATE TABLE address (
      id ${uuidColumn} PRIMARY KEY,
      order_id ${uuidColumn},
      customer_id ${uuidColumn},
      name VARCHAR(200) NOT NULL,
      line1 VARCHAR(200) NOT NULL,
      line2 VARCHAR(200) NULL,
      city VARCHAR(100) NOT NULL,
      postal_code VARCHAR(20) NOT NULL,
      country CHAR(2) CHARACTER SET ascii NOT NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      KEY by_customer (customer_id)
    )`,
    `CREATE TABLE shipment (
      order_id ${uuidColumn},
      step ${nameColumn},
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      carrier VARCHAR(64) NOT NULL,
      tracking_number VARCHAR(64) NULL,
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step),
      KEY by_tracking_number (tracking_number)
    )`,
    `CREATE TABLE simulated_parcel (
      \`key\` VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
      tracking_number VARCHAR(64) NOT NULL,
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      dispatch_at DATETIME(3) NULL,
      deliver_at DATETIME(3) NULL,
      reported TINYINT NOT NULL DEFAULT 1,
      KEY due_dispatch (state, dispatch_at),
      KEY due_delivery (state, deliver_at),
      KEY unreported (reported)
    )`,
  ],
  '0002_ask_of_task': [tasksKeepAsk],
  '0003_tracking': [
    'ALTER TABLE shipment ADD COLUMN label_url VARCHAR(500) NULL, ADD COLUMN booked_at DATETIME(3) NULL',
    // in a second step, so that older rows stay without a time that would be wrong
    'ALTER TABLE shipment MODIFY COLUMN booked_at DATETIME(3) NULL DEFAULT CURRENT_TIMESTAMP(3)',
    `ALTER TABLE simulated_parcel ADD COLUMN fate VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT 'delivered'`,
    `CREATE TABLE tracking_event (
      order_id ${uuidColumn},
      step ${nameColumn},
      event_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      status VARCHAR(16) CHARACTER SET ascii NOT NULL,
      occurred_at DATETIME(3) NOT NULL,
      description VARCHAR(500) NULL,
      location VARCHAR(200) NULL,
      recorded_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step, event_id)
    )`,
    `CREATE TABLE webhook_event (
      carrier VARCHAR(64) NOT NULL,
      event_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      type VARCHAR(64) NOT NULL,
      tracking_number VARCHAR(64) NOT NULL,
      news JSON NOT NULL,
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (carrier, event_id),
      KEY by_state (state, received_at, carrier, event_id)
    )`,
  ],
  '0004_names': ['ALTER TABLE address ADD KEY by_name (name)'],
  '0005_trace_of_task': [tasksKeepTrace],
  '0006_old_inbox': [inboxByAge],
}
