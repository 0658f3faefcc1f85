import { parseArgs } from 'node:util'
import { identityMigrations } from '../api/identity/tables.ts'
import { askKafka } from '../events/check.ts'
import { connectKafka, withAdmin } from '../events/kafka.ts'
import { ensureTopics } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { type ServiceDatabase, serviceDatabases } from '../platform/database.ts'
import { checkEntry } from '../platform/entry.ts'
import { makeLog } from '../platform/log.ts'
import { type Migrations, migrate, plannedSql } from '../platform/migrate.ts'
import { notificationMigrations } from '../workers/notification/tables.ts'
import { paymentMigrations } from '../workers/payment/tables.ts'
import { ordersMigrations } from '../workers/projection/tables.ts'
import { shippingMigrations } from '../workers/shipping/tables.ts'
import { stockMigrations } from '../workers/stock/tables.ts'
import { webhookMigrations } from '../workers/webhook/tables.ts'

/**
 * What has to be there before any process starts: every service's schema, and the topics. Run twice, it does nothing; of
 * two at once, one waits. With `--dry-run` it prints the SQL that it would run, and changes nothing.
 */
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
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

if (values['dry-run']) {
  for (const name of serviceDatabases) {
    const statements = await plannedSql(config, name, services[name])
    process.stdout.write(statements.length === 0 ? `-- ${name}: up to date\n` : `${statements.join('\n')}\n`)
  }
} else {
  await checkEntry(config, () => askKafka(config, log))
  for (const name of serviceDatabases) {
    const ran = await migrate(config, name, services[name])
    log.info({ database: name, ran }, ran.length > 0 ? 'migrated' : 'up to date')
  }
  await withAdmin(connectKafka(config, log, 'migrate'), (admin) => ensureTopics(admin, config))
  log.info('topics are there')
}
