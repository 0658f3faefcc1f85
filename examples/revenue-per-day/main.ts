import { parseArgs } from 'node:util'
import { consume, mysqlInbox } from 'holdfast/events'
import { Kysely, MysqlDialect } from 'kysely'
import { createPool } from 'mysql2'
import { addRevenue, createTables, revenueTypes, type RevenueTables } from './revenue.ts'

const { values } = parseArgs({
  options: {
    brokers: { type: 'string', default: '127.0.0.1:9092' },
    prefix: { type: 'string', default: '' },
    /** `mysql://user:password@host:port/database`; the database has to be there. */
    database: { type: 'string' },
  },
})
if (values.database === undefined) throw new Error('--database mysql://user:password@host:port/database is needed')

const database = new Kysely<RevenueTables>({ dialect: new MysqlDialect({ pool: createPool(values.database) }) })
await createTables(database)
const consuming = await consume({
  brokers: values.brokers,
  prefix: values.prefix,
  group: 'revenue',
  inbox: mysqlInbox(database),
  types: revenueTypes,
  handle: addRevenue,
  onCrash: () => process.exit(1), // whoever started it starts it again
})
process.stdout.write('reading\n')

async function end(): Promise<void> {
  await consuming.stop()
  await database.destroy()
  process.stdout.write(`${JSON.stringify(consuming.counts())}\n`)
}
process.once('SIGTERM', () => void end())
process.once('SIGINT', () => void end())
