import type { ColumnType, Generated } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import {
  inboxAndAnswers,
  nameColumn,
  type RunnerTables,
  tasks,
  tasksKeepAsk,
  uuidColumn,
} from '../participant/tables.ts'

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

export type ShipmentState = 'booked' | 'released' | 'dispatched' | 'delivered' | 'cancelled'

export type ShipmentTable = {
  order_id: string
  step: string
  state: ShipmentState
  carrier: string
  tracking_number: string | null
  updated_at: Generated<Date>
}

/** The carrier simulator's own book: nobody but the simulator reads it. */
export type SimulatedParcelTable = {
  key: string
  tracking_number: string
  state: 'booked' | 'handedOver' | 'dispatched' | 'delivered' | 'cancelled'
  dispatch_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  deliver_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** 0 while the shop has not yet taken in the last movement. */
  reported: ColumnType<number, number | undefined, number>
}

export type ShippingTables = RunnerTables & {
  address: AddressTable
  shipment: ShipmentTable
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
}
