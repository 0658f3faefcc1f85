import { databaseUrl, planDatabase } from './database/plan.ts'
import { takeDataFolder } from './data-folder.ts'
import { externalServer } from './external-server.ts'
import { planKafka } from './kafka/plan.ts'
import { ServerNotFound } from './obtaining/find.ts'
import { choosePorts, isFree } from './running/ports.ts'
import { ownServer, type Server, type ServerOptions } from './server.ts'
import type { PlanOptions, ServerName, ServerPlan } from './server-plan.ts'
import { givenSettings, messageOf, type Environment, type Report } from './surroundings.ts'
import { planTemporal } from './temporal/plan.ts'

export type { Server } from './server.ts'
export type { ServerName } from './server-plan.ts'

export type Servers = {
  readonly database: Server
  readonly kafka: Server
  readonly temporal: Server
  /** TEMPORAL_ADDRESS, TEMPORAL_UI_URL, KAFKA_BROKERS and DATABASE_URL, as `platform/config.ts` reads them. */
  readonly env: Environment
  readonly stop: () => Promise<void>
}

export type StartServersOptions = {
  readonly dataDir: string
  /** The ports that everyone knows, as far as they are free; or always others. */
  readonly ports: 'usual' | 'free'
  readonly report: Report
  /** Servers that die are started again, with back-off. Default: no. */
  readonly restart?: boolean
  /** See `PlanOptions`. */
  readonly kafkaAdvertised?: string
  /** Calls the start off; what had been started is stopped. */
  readonly signal?: AbortSignal
}

/** A server and the ports it ended up with, which are none for one that somebody else runs. */
type Started = { readonly server: Server; readonly ports: readonly number[] }

const kinds: readonly {
  readonly name: ServerName
  readonly variable: string
  readonly usualPort: number
  readonly plan: (options: PlanOptions) => Promise<ServerPlan>
}[] = [
  { name: 'temporal', variable: 'TEMPORAL_ADDRESS', usualPort: 7233, plan: planTemporal },
  { name: 'kafka', variable: 'KAFKA_BROKERS', usualPort: 9092, plan: planKafka },
  { name: 'database', variable: 'DATABASE_URL', usualPort: 3306, plan: planDatabase },
]

/**
 * Finds or fetches the three servers and starts them side by side on one data folder.
 * @throws AlreadyRunning; ServerNotFound; when one does not come up, with the end of its log. None is left running.
 */
export async function startServers(options: StartServersOptions): Promise<Servers> {
  const release = await takeDataFolder(options.dataDir, options.report)
  const servers: Server[] = []
  const stop = async () => {
    // in this order whatever order they came up in: Temporal first, the database last
    for (const { name } of kinds) await servers.find((server) => server.name === name)?.stop()
    release()
  }
  const calledOff = new AbortController()
  const signal = options.signal === undefined ? calledOff.signal : AbortSignal.any([calledOff.signal, options.signal])
  const failures: unknown[] = []
  const start = (kind: (typeof kinds)[number]) =>
    startOne(kind, { ...options, signal }, (server) => servers.push(server)).catch((error: unknown) => {
      // the others need not come up any more; what they say to that is no reason of its own
      if (!calledOff.signal.aborted || error instanceof ServerNotFound) failures.push(error)
      calledOff.abort()
      return undefined
    })
  const results = await Promise.all(kinds.map(start))
  if (failures.length > 0) {
    await stop()
    if (failures.length === 1) throw failures[0] instanceof Error ? failures[0] : new Error(String(failures[0]))
    throw new Error(failures.map(messageOf).join('\n'))
  }
  const [temporal, kafka, database] = results
  if (temporal === undefined || kafka === undefined || database === undefined) throw new Error('A server is missing')
  return {
    temporal: temporal.server,
    kafka: kafka.server,
    database: database.server,
    env: addresses(temporal, kafka.server, database.server),
    stop,
  }
}

async function startOne(
  kind: (typeof kinds)[number],
  options: StartServersOptions,
  started: (server: Server) => void,
): Promise<Started> {
  const report = (line: string) => options.report(`${kind.name.padEnd(8)} ${line}`)
  const serverOptions = { dataDir: options.dataDir, restart: options.restart ?? false, report, signal: options.signal }
  const value = givenSettings()[kind.variable]
  if (value !== undefined) {
    const server = externalServer(
      kind.name,
      { variable: kind.variable, value, usualPort: kind.usualPort },
      serverOptions,
    )
    await server.start()
    return { server, ports: [] }
  }
  const plan = await kind.plan({ dataDir: options.dataDir, report, kafkaAdvertised: options.kafkaAdvertised })
  options.signal?.throwIfAborted()
  return startOwn(plan, options.ports, serverOptions, started)
}

/** Chooses ports and starts; once more with others, should one have been taken in between. */
async function startOwn(
  plan: ServerPlan,
  mode: StartServersOptions['ports'],
  options: ServerOptions,
  started: (server: Server) => void,
  tries = 3,
): Promise<Started> {
  const wishes = plan.ports.map((port) => (mode === 'usual' ? port.usual : undefined))
  const ports = await choosePorts(wishes)
  for (const [at, { what, usual }] of plan.ports.entries()) {
    const wish = wishes[at]
    if (wish !== undefined && ports[at] !== wish)
      options.report(`port ${usual} is taken, ${what} listens on ${ports[at]}`)
  }
  const server = ownServer(plan, ports, options)
  try {
    await server.start()
  } catch (error) {
    await server.stop()
    const free = await Promise.all(ports.map(isFree))
    if (tries > 1 && free.includes(false) && options.signal?.aborted !== true)
      return startOwn(plan, mode, options, started, tries - 1)
    throw error
  }
  started(server)
  return { server, ports }
}

function addresses(temporal: Started, kafka: Server, database: Server): Environment {
  const given = givenSettings()
  const uiPort = temporal.ports[1]
  const uiUrl = uiPort === undefined ? given['TEMPORAL_UI_URL'] : `http://127.0.0.1:${uiPort}`
  return {
    TEMPORAL_ADDRESS: given['TEMPORAL_ADDRESS'] ?? temporal.server.address,
    ...(uiUrl === undefined ? {} : { TEMPORAL_UI_URL: uiUrl }),
    KAFKA_BROKERS: given['KAFKA_BROKERS'] ?? kafka.address,
    DATABASE_URL: given['DATABASE_URL'] ?? databaseUrl(Number(database.address.split(':')[1])),
  }
}
