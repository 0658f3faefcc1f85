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

/** Names the servers that do not answer, with what they said. */
export async function unreachable({ config, log, orders, temporal }: Context): Promise<readonly string[]> {
  const asked: readonly (readonly [name: string, answer: Promise<unknown>])[] = [
    ['MySQL (DATABASE_URL)', ping(orders)],
    [`Kafka (${config.KAFKA_BROKERS})`, askKafka(config, log)],
    [`Temporal (${config.TEMPORAL_ADDRESS})`, temporal.ping()],
  ]
  const answers = await Promise.allSettled(asked.map(([, answer]) => answer))
  return answers.flatMap((answer, index) => {
    if (answer.status === 'fulfilled') return []
    const error: unknown = answer.reason
    return [`${asked[index]?.[0]} can't be reached: ${error instanceof Error ? error.message : String(error)}`]
  })
}

async function askKafka(config: Config, log: Log): Promise<void> {
  const admin = connectKafka(config, log, 'verify').admin({ retry: { retries: 1 } })
  try {
    await admin.connect()
  } finally {
    await admin.disconnect()
  }
}
