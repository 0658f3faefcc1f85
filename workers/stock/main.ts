import { isAwaiting } from '../../events/envelope.ts'
import { openDatabase } from '../../platform/database.ts'
import { openTemporal } from '../../platform/temporal-client.ts'
import { consume } from '../participant/consume.ts'
import { makeHandler, tellOfDeadLetter } from '../participant/handle.ts'
import { makeSignaller } from '../participant/signal.ts'
import { runProcess } from '../process.ts'
import { workOnStock } from './reservations.ts'
import type { StockTables } from './tables.ts'

const name = 'stock'

await runProcess(name, async (context) => {
  const { config, log } = context
  const database = openDatabase<StockTables>(config, name)
  const temporal = openTemporal(config)
  const signaller = makeSignaller(temporal.client, log)
  const stopConsumer = await consume(context, {
    name,
    accepts: (message) => isAwaiting(message, name),
    handle: makeHandler({ name, database, signaller, log, work: workOnStock, answersAtOnce: true }),
    onDeadLetter: tellOfDeadLetter(name, signaller, log),
  })
  return async () => {
    await stopConsumer()
    await temporal.close()
    await database.destroy()
  }
})
