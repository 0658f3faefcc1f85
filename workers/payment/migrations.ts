import type { Migrations } from '../../platform/migrate.ts'
import {
  inboxAndAnswers,
  inboxByAge,
  nameColumn,
  tasks,
  tasksKeepAsk,
  tasksKeepTrace,
  uuidColumn,
} from '../participant/tables.ts'

const keyColumn = 'VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'
const stateColumn = 'VARCHAR(16) CHARACTER SET ascii NOT NULL'
const currencyColumn = 'CHAR(3) CHARACTER SET ascii NOT NULL'

/** What the ledger would hold, had it been there before; of voided payments nothing is left to say. */
const carryOver = (movement: string, account: string, sign: '' | '-', states: string): string =>
  `INSERT INTO ledger (order_id, step, movement, account, amount_minor, currency, booked_at)
   SELECT order_id, step, CONCAT(step, ':${movement}'), '${account}', ${sign}amount_minor, currency, updated_at
   FROM payment WHERE state IN (${states})`

const ledger = [
  `CREATE TABLE ledger (
    order_id ${uuidColumn},
    movement VARCHAR(96) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    step ${nameColumn},
    amount_minor BIGINT NOT NULL,
    currency ${currencyColumn},
    booked_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (order_id, movement, account)
  )`,
  carryOver('authorize', 'hold', '', "'authorized', 'captured'"),
  carryOver('authorize', 'customer', '-', "'authorized', 'captured'"),
  carryOver('capture', 'hold', '-', "'captured'"),
  carryOver('capture', 'customer', '', "'captured'"),
  carryOver('capture', 'provider', '', "'captured'"),
  carryOver('capture', 'sales', '-', "'captured'"),
]

const simulatorsBook = [
  'ALTER TABLE simulated_payment ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0',
  `CREATE TABLE simulated_refund (
    \`key\` ${keyColumn} PRIMARY KEY,
    reference VARCHAR(64) NOT NULL,
    state ${stateColumn},
    amount_minor BIGINT NOT NULL,
    settles_at DATETIME(3) NOT NULL
  )`,
  `CREATE TABLE simulated_call (\`key\` ${keyColumn} PRIMARY KEY, calls INT NOT NULL)`,
  `CREATE TABLE simulated_webhook (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
    payment_key ${keyColumn},
    becomes ${stateColumn},
    body TEXT NOT NULL,
    tries INT NOT NULL DEFAULT 0,
    due_at DATETIME(3) NOT NULL,
    sent_at DATETIME(3) NULL,
    KEY unsent (sent_at, due_at)
  )`,
]

export const paymentMigrations: Migrations = {
  '0001_payment': [
    ...inboxAndAnswers,
    tasks,
    `CREATE TABLE payment (
      order_id ${uuidColumn},
      step ${nameColumn},
      state ${stateColumn},
      provider VARCHAR(32) CHARACTER SET ascii NOT NULL,
      provider_reference VARCHAR(128) NULL,
      amount_minor BIGINT NOT NULL,
      currency ${currencyColumn},
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step)
    )`,
    `CREATE TABLE simulated_payment (
      \`key\` VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
      reference VARCHAR(64) NOT NULL,
      state ${stateColumn},
      decline_code VARCHAR(64) NULL,
      method VARCHAR(64) NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency ${currencyColumn}
    )`,
  ],
  '0002_ask_of_task': [tasksKeepAsk],
  '0003_rounds_refunds_ledger': [
    `ALTER TABLE payment
      ADD COLUMN round INT NOT NULL DEFAULT 1,
      ADD COLUMN captured_minor BIGINT NOT NULL DEFAULT 0,
      ADD COLUMN refunded_minor BIGINT NOT NULL DEFAULT 0`,
    "UPDATE payment SET captured_minor = amount_minor, updated_at = updated_at WHERE state = 'captured'",
    `ALTER TABLE payment ADD CONSTRAINT payment_sums
      CHECK (0 <= refunded_minor AND refunded_minor <= captured_minor AND captured_minor <= amount_minor)`,
    `CREATE TABLE refund (
      order_id ${uuidColumn},
      step ${nameColumn},
      payment_step ${nameColumn},
      state ${stateColumn},
      round INT NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency ${currencyColumn},
      provider_reference VARCHAR(128) NULL,
      updated_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
      PRIMARY KEY (order_id, step),
      CONSTRAINT refund_amount CHECK (amount_minor > 0)
    )`,
    ...ledger,
    ...simulatorsBook,
    `CREATE TABLE stripe_payment (
      \`key\` ${keyColumn} PRIMARY KEY,
      reference VARCHAR(128) NULL,
      order_id ${uuidColumn},
      method VARCHAR(64) NOT NULL,
      amount_minor BIGINT NOT NULL,
      currency ${currencyColumn},
      state ${stateColumn},
      begun_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
    )`,
    `CREATE TABLE webhook_event (
      provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      type VARCHAR(128) NOT NULL,
      state ${stateColumn},
      order_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
      body MEDIUMTEXT NOT NULL,
      received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (provider, event_id),
      KEY listed (state, received_at, provider, event_id)
    )`,
  ],
  '0004_trace_of_task': [tasksKeepTrace],
  '0005_old_inbox': [inboxByAge],
}
