import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../client/index.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { type Random, seeded } from '../platform/seeded.ts'
import type { Environment } from '../stack/surroundings.ts'
import { type ServerName, type Servers, startServers } from '../stack/servers.ts'
import { startSystem, type System } from '../stack/system.ts'
import { type Link, openLink } from './link.ts'
import { type Load, makeLoad } from './load.ts'
import { fillShelves, register, signedIn, watchful } from './shop.ts'

/** A system with everything that can be broken about it, and a shop full of customers. */
export type World = {
  readonly system: System
  /** Between our processes and their servers. */
  readonly links: Readonly<Record<ServerName, Link>>
  readonly config: Config
  readonly random: Random
  readonly customer: Client
  readonly admin: Client
  readonly load: Load
  readonly logDir: string
  /** Of the servers, a folder for each. */
  readonly dataDir: string
  readonly report: (line: string) => void
  /** Nothing is left, except the logs where somebody has to look into them. */
  readonly close: (how?: { readonly keepLogs: boolean }) => Promise<void>
}

/**
 * Deadlines that outlast every fault, so that none may change how an order ends; only a provider that never answers
 * reaches its.
 */
const patient = {
  DEMO: '1',
  STEP_DEADLINE_SECONDS: '300',
  RETRY_SECONDS: '5',
  RETRY_ATTEMPTS: '12',
  PROVIDER_TIMEOUT_SECONDS: '1',
  CARRIER_DISPATCH_DELAY_MS: '500',
  CARRIER_DELIVERY_DELAY_MS: '500',
  BACKLOG_MOST_LAG: '1000000',
}

export type WorldOptions = {
  readonly seed: number
  readonly paymentDeadlineSeconds: number
  readonly report: (line: string) => void
  readonly env?: Environment
  /** What stands in front of the API: customers call it, and so do the simulators. */
  readonly front?: { readonly url: string; readonly leadTo: (urls: readonly string[]) => Promise<void> }
}

/** Servers and processes of its own, each behind a link; nothing is left of them when it is closed. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { seed, paymentDeadlineSeconds, report, front } = options
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-chaos-'))
  const logDir = join(dir, 'logs')
  const links = { database: await openLink(), kafka: await openLink(), temporal: await openLink() }
  let servers: Servers | undefined
  let system: System | undefined
  const close: World['close'] = async ({ keepLogs } = { keepLogs: false }) => {
    for (const link of Object.values(links)) link.turn({ kind: 'fair' })
    await system?.stop()
    await servers?.stop()
    await Promise.all(Object.values(links).map((link) => link.close()))
    await rm(keepLogs ? join(dir, 'data') : dir, { recursive: true, force: true })
  }
  try {
    const kafkaAdvertised = links.kafka.address
    servers = await startServers({ dataDir: join(dir, 'data'), ports: 'free', kafkaAdvertised, report })
    for (const name of ['database', 'kafka', 'temporal'] as const) links[name].leadTo(servers[name].address)
    const env = {
      ...patient,
      PAYMENT_DEADLINE_SECONDS: String(paymentDeadlineSeconds),
      KAFKA_BROKERS: links.kafka.address,
      TEMPORAL_ADDRESS: links.temporal.address,
      DATABASE_URL: (servers.env['DATABASE_URL'] ?? '').replace(servers.database.address, links.database.address),
      ...(front !== undefined && { WEBHOOK_BASE_URL: front.url }),
      ...options.env,
    }
    system = await startSystem({ servers, logDir, env, report })
    const random = seeded(seed)
    await front?.leadTo([system.apiUrl])
    const entry = front?.url ?? system.apiUrl
    const admin = signedIn(entry, { email: 'admin@demo.test', password: 'admin-demo-1' })
    const unexpected: string[] = []
    const customer = signedIn(entry, await register(entry), watchful(unexpected))
    await fillShelves(admin)
    const load = makeLoad(customer, random, unexpected)
    const config = readConfig(system.env)
    return { system, links, config, random, customer, admin, load, logDir, dataDir: join(dir, 'data'), report, close }
  } catch (error) {
    await close()
    throw error
  }
}
