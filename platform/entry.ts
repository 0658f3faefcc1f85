import type { Config } from './config.ts'
import { openServer, ping } from './database.ts'
import { refusalOf } from './refusal.ts'
import { temporalAccess } from './temporal-access.ts'
import { tlsOf } from './tls.ts'

const patienceMs = 10_000

/**
 * Asks each server that TLS or credentials are configured for, once. One that is away is no matter: it is waited for
 * later, as ever. @throws with every server that will not let us in, why, and which variables to look at.
 */
export async function checkEntry(config: Config, askKafka: () => Promise<void>): Promise<void> {
  const asked = [
    hasPassword(config.DATABASE_URL) || tlsOf(config, 'DATABASE') !== undefined
      ? refusedBy('The database', () => askDatabase(config), 'DATABASE_URL and DATABASE_TLS...')
      : welcome,
    config.KAFKA_SASL_MECHANISM !== 'none' || tlsOf(config, 'KAFKA') !== undefined
      ? refusedBy('Kafka', askKafka, 'KAFKA_BROKERS, KAFKA_SASL... and KAFKA_TLS...')
      : welcome,
    config.TEMPORAL_API_KEY !== '' || tlsOf(config, 'TEMPORAL') !== undefined
      ? refusedBy('Temporal', () => askTemporal(config), 'TEMPORAL_ADDRESS, TEMPORAL_API_KEY and TEMPORAL_TLS...')
      : welcome,
  ]
  const refusals = (await Promise.all(asked)).filter((refusal) => refusal !== undefined)
  if (refusals.length > 0) throw new Error(refusals.join('\n'))
}

const welcome = Promise.resolve(undefined)

async function refusedBy(who: string, ask: () => Promise<void>, variables: string): Promise<string | undefined> {
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref())
  try {
    await Promise.race([ask(), timeout])
    return undefined
  } catch (error) {
    const why = refusalOf(error)
    return why === undefined ? undefined : `${who} can't be entered: ${why}. Look at ${variables}`
  }
}

const hasPassword = (url: string): boolean => new URL(url).password !== ''

async function askDatabase(config: Config): Promise<void> {
  const server = openServer(config)
  try {
    await ping(server)
  } finally {
    await server.destroy()
  }
}

/** Without the retries of our usual client, which would wait until the reason is forgotten. */
async function askTemporal(config: Config): Promise<void> {
  // loaded only where it is used: some processes do without
  const { Connection } = await import('@temporalio/client')
  const connection = Connection.lazy({ ...temporalAccess(config), interceptors: [] })
  const ask = () => connection.workflowService.describeNamespace({ namespace: config.TEMPORAL_NAMESPACE })
  try {
    await connection.withDeadline(Date.now() + patienceMs, ask)
  } finally {
    await connection.close()
  }
}
