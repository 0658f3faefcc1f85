import type { Kysely } from 'kysely'
import type { GroupWatch } from '../events/groups.ts'
import { watchGroups } from '../events/groups.ts'
import { connectKafka } from '../events/kafka.ts'
import type { Config } from '../platform/config.ts'
import { openDatabase, ping } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { openTemporal, type Temporal } from '../platform/temporal-client.ts'
import type { PaymentTables } from '../workers/payment/tables.ts'
import type { OrdersTables } from '../workers/projection/tables.ts'
import type { ShippingTables } from '../workers/shipping/tables.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { patiently, within } from './patiently.ts'

/** Everything that a check may look at. */
export type Context = {
  readonly config: Config
  readonly log: Log
  readonly orders: Kysely<OrdersTables>
  readonly payment: Kysely<PaymentTables>
  readonly shipping: Kysely<ShippingTables>
  readonly stock: Kysely<StockTables>
  readonly temporal: Temporal
  readonly groups: GroupWatch
  /** Only this order. */
  readonly orderId?: string | undefined
}

export type Opened = Context & { readonly close: () => Promise<void> }

export function openContext(config: Config, log: Log, orderId?: string): Opened {
  const orders = openDatabase<OrdersTables>(config, 'orders', 2)
  const payment = openDatabase<PaymentTables>(config, 'payment', 2)
  const shipping = openDatabase<ShippingTables>(config, 'shipping', 2)
  const stock = openDatabase<StockTables>(config, 'stock', 2)
  const temporal = openTemporal(config)
  const groups = watchGroups(config, log)
  return {
    config,
    log,
    orders,
    payment,
    shipping,
    stock,
    temporal,
    groups,
    orderId,
    async close() {
      await Promise.all([orders, payment, shipping, stock].map((database) => database.destroy()))
      await Promise.all([temporal.close(), groups.stop()])
    },
  }
}

/** What does not answer, with what it said and what to do. */
export async function unreachable(context: Context): Promise<readonly string[]> {
  const { config, log, temporal } = context
  const { orders, payment, shipping, stock } = context
  const services = {
    orders: () => ping(orders),
    payment: () => ping(payment),
    shipping: () => ping(shipping),
    stock: () => ping(stock),
  }
  const [mysql, kafka, workflows] = await Promise.all([
    Promise.all(Object.entries(services).map(([name, ask]) => said(`MySQL, database ${name}`, ask, 'DATABASE_URL'))),
    said(`Kafka at ${config.KAFKA_BROKERS}`, () => askKafka(config, log), 'KAFKA_BROKERS'),
    said(`Temporal at ${config.TEMPORAL_ADDRESS}`, () => temporal.ping(), 'TEMPORAL_ADDRESS'),
  ])
  return [...mysql.flat(), ...kafka, ...workflows]
}

/** A busy server is given so long, twice. */
const answerMs = 5_000

async function said(part: string, ask: () => Promise<unknown>, setting: string): Promise<readonly string[]> {
  try {
    await patiently(() => within(answerMs, ask()), 2)
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [`${part} can't be reached: ${why}. Start it (npm start), or say where it is: ${setting}=...`]
  }
}

async function askKafka(config: Config, log: Log): Promise<void> {
  const admin = connectKafka(config, log, 'verify', 1).admin({ retry: { retries: 1 } })
  try {
    await admin.connect()
  } finally {
    await admin.disconnect()
  }
}
