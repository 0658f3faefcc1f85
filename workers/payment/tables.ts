import type { Generated } from 'kysely'
import type { Migrations } from '../../platform/migrate.ts'
import {
  inboxAndAnswers,
  nameColumn,
  type RunnerTables,
  tasks,
  tasksKeepAsk,
  uuidColumn,
} from '../participant/tables.ts'

export type PaymentState = 'authorized' | 'declined' | 'captured' | 'voided'

/** One payment per order and step, moved only along authorized -> captured | voided, by the rule in each WHERE. */
export type PaymentTable = {
  order_id: string
  step: string
  state: PaymentState
  provider: string
  provider_reference: string | null
  amount_minor: number
  currency: string
  updated_at: Generated<Date>
}

/** The payment simulator's own book: nobody but the simulator reads it. */
export type SimulatedPaymentTable = {
  key: string
  reference: string
  state: 'authorized' | 'declined' | 'captured' | 'voided'
  decline_code: string | null
  method: string
  amount_minor: number
  currency: string
}

export type PaymentTables = RunnerTables & { payment: PaymentTable; simulated_payment: SimulatedPaymentTable }

export const paymentMigrations: Migrations = {
  '0001_payment': [
    ...inboxAndAnswers,
    tasks,
    `CREATE TABLE payment (
      order_id ${uuidColumn},
      step ${nameColumn},
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      provider VARCHAR(32) CHARACTER SET ascii NOT NULL,
      provider_reference VARCHAR(128) NULL,
      amount_minor BIGINT NOT NULL,
      currency CHAR(3) CHARACTER SET ascii NOT NULL,
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step)
    )`,
    `CREATE TABLE simulated_payment (
      \`key\` VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
      reference VARCHAR(64) NOT NULL,
      state VARCHAR(16) CHARACTER SET ascii NOT NULL,
      decline_code VARCHAR(64) NULL,
      method VARCHAR(64) NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency CHAR(3) CHARACTER SET ascii NOT NULL
    )`,
  ],
  '0002_ask_of_task': [tasksKeepAsk],
}
