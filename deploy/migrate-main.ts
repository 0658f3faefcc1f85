import { identityMigrations } from '../api/identity/tables.ts'
import { connectKafka, withAdmin } from '../events/kafka.ts'
import { ensureTopics } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { type ServiceDatabase, serviceDatabases } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { type Migrations, migrate } from '../platform/migrate.ts'
import { notificationMigrations } from '../workers/notification/tables.ts'
import { paymentMigrations } from '../workers/payment/tables.ts'
import { ordersMigrations } from '../workers/projection/tables.ts'
import { shippingMigrations } from '../workers/shipping/tables.ts'
import { stockMigrations } from '../workers/stock/tables.ts'
import { webhookMigrations } from '../workers/webhook/tables.ts'

/** What has to be there before any process starts: every service's schema, and the topics. Run twice, it does nothing. */
const config = readConfig()
const log = makeLog(config, 'migrate')

const services: Readonly<Record<ServiceDatabase, Migrations>> = {
  identity: identityMigrations,
  notification: notificationMigrations,
  orders: ordersMigrations,
  payment: paymentMigrations,
  shipping: shippingMigrations,
  stock: stockMigrations,
  webhook: webhookMigrations,
}

for (const name of serviceDatabases) {
  const ran = await migrate(config, name, services[name])
  log.info({ database: name, ran }, ran.length > 0 ? 'migrated' : 'up to date')
}
await withAdmin(connectKafka(config, log, 'migrate'), (admin) => ensureTopics(admin, config))
log.info('topics are there')
