import { openDatabase } from '../../platform/database.ts'
import { consume } from '../participant/consume.ts'
import { runProcess } from '../process.ts'
import { makeProjection } from './project.ts'
import type { OrdersTables } from './tables.ts'

await runProcess('projection', async (context) => {
  const database = openDatabase<OrdersTables>(context.config, 'orders')
  const stopConsumer = await consume(context, {
    name: 'projection',
    accepts: () => true,
    handle: makeProjection(database),
    onDeadLetter: () => Promise.resolve(), // nobody asks the projection for anything: nobody to tell
  })
  return async () => {
    await stopConsumer()
    await database.destroy()
  }
})
