import { Client, Connection } from '@temporalio/client'
import mysql from 'mysql2/promise'
import { connectKafka, withAdmin } from '../events/kafka.ts'
import { ordersTopic } from '../events/topics.ts'
import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { median } from './figures.ts'
import type { Until } from './shop.ts'

/** Statements the database has answered since it was started. */
export async function sqlStatements(config: Config): Promise<number> {
  const connection = await mysql.createConnection(config.DATABASE_URL)
  const [rows] = await connection.query<mysql.RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Questions'")
  await connection.end()
  return Number(rows[0]?.['Value'])
}

/** Messages that were ever written to the topic `orders`. */
export const kafkaMessages = (config: Config, log: Log): Promise<number> =>
  withAdmin(connectKafka(config, log, 'bench'), async (admin) => {
    const offsets = await admin.fetchTopicOffsets(ordersTopic(config))
    return offsets.reduce((sum, { offset }) => sum + Number(offset), 0)
  })

type History = { readonly events?: readonly { readonly workflowTaskCompletedEventAttributes?: unknown }[] | null }

/** Medians over the histories of these orders. Of delivered ones they are whole: it waits for their end. */
export async function historyOf(config: Config, ids: readonly string[], until: Until) {
  const connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS })
  const { workflow } = new Client({ connection })
  const counts: { readonly events: number; readonly tasks: number }[] = []
  for (const id of ids) {
    if (until === 'delivered') await workflow.getHandle(id).result()
    const { events }: History = await workflow.getHandle(id).fetchHistory()
    const tasks = events?.filter((event) => Boolean(event.workflowTaskCompletedEventAttributes)).length ?? 0
    counts.push({ events: events?.length ?? 0, tasks })
  }
  await connection.close()
  return {
    events: median(counts.map(({ events }) => events)),
    workflowTasks: median(counts.map(({ tasks }) => tasks)),
  }
}
