import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { connectKafka } from './kafka.ts'

/** For readiness: @throws unless the cluster answers now. Nothing is retried and nothing is kept open. */
export function makeKafkaCheck(config: Config, log: Log): () => Promise<void> {
  const kafka = connectKafka(config, log, 'readiness')
  return async () => {
    const admin = kafka.admin({ retry: { retries: 0 } })
    try {
      await admin.connect()
      await admin.describeCluster()
    } finally {
      await admin.disconnect()
    }
  }
}

/** Whether the cluster lets us in: asked once, one broker after the other. @throws what it said. */
export async function askKafka(config: Config, log: Log): Promise<void> {
  const admin = connectKafka(config, log, 'entry', config.KAFKA_BROKERS.split(',').length).admin()
  try {
    await admin.connect()
  } finally {
    await admin.disconnect()
  }
}
