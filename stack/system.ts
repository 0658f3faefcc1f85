import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'
import { openLogFiles } from './log-files.ts'
import { migrate } from './migrate.ts'
import { entryOf, metricsPortOf, roles, superviseProcess, type Role, type Supervised } from './processes.ts'
import { choosePorts } from './running/ports.ts'
import { startWatchdog } from './running/watchdog.ts'
import { startServers, type Servers } from './servers.ts'
import { givenSettings, type Environment, type Report } from './surroundings.ts'

export type System = {
  readonly env: Environment
  readonly apiUrl: string
  readonly servers: Servers
  /** The process that was last started under this name. @throws when there was none. */
  readonly process: (name: string) => Supervised
  /** Every process that was started and not replaced. */
  readonly processes: () => readonly Supervised[]
  /** Starts a role that was stopped, or one more of it under another name; resolves when it is ready. */
  readonly start: (role: Role, name?: string, env?: Environment) => Promise<Supervised>
  /** Stops the processes, and the servers too if they were started for this system alone. */
  readonly stop: () => Promise<void>
}

export type SystemOptions = {
  /** Wins over everything else; `DATABASE_PREFIX` and the like keep systems on the same servers apart. */
  readonly env?: Environment
  /** Default: all. */
  readonly roles?: readonly Role[]
  /** Servers to share; without them it gets its own, on free ports and with data that is thrown away. */
  readonly servers?: Servers
  /** Whether processes that die are started again. Default: yes, as under `npm start`. */
  readonly restart?: boolean
  readonly report?: Report
  /** Given to Node before each entry, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[]
  /** Where `<process>.log` files go, and signing keys. */
  readonly logDir: string
}

/** The system as `npm start` runs it, for tests and benchmarks. @throws when a part does not come up; none is left. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const report = options.report ?? (() => {})
  await build(report)
  const owned = options.servers === undefined ? await throwawayServers(report) : undefined
  const servers = options.servers ?? owned?.servers
  if (servers === undefined) throw new Error('A system needs servers')
  const env = await systemEnvironment(servers, options)
  const logs = openLogFiles(options.logDir)
  const processes = new Map<string, Supervised>()
  const runDir = join(options.logDir, 'run')
  const endWatch = startWatchdog(runDir)

  async function start(role: Role, name: string = role, more: Environment = {}): Promise<Supervised> {
    await processes.get(name)?.stop()
    // one more of a role cannot listen on the first one's port
    const port = role === 'api' && name !== role ? { PORT: await freePort() } : {}
    const pidFile = join(runDir, `${name}.pid`)
    const metrics = name === role ? metricsPortOf(env, role) : { METRICS_PORT: '0' }
    const own = {
      pidFile,
      env: { ...env, ...metrics, ...port, ...more },
      onLine: logs.write,
      restart: options.restart ?? true,
    }
    const nodeArgs = options.nodeArgs ?? []
    const started = superviseProcess({ name, entry: entryOf(role), nodeArgs, ...own })
    processes.set(name, started)
    await started.ready()
    return started
  }

  async function stop(): Promise<void> {
    await processes.get('api')?.stop()
    await Promise.all([...processes.values()].map((each) => each.stop()))
    endWatch()
    await logs.close()
    await owned?.stop()
  }

  try {
    await migrate(env, logs.write)
    await Promise.all((options.roles ?? roles).map((role) => start(role)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    env,
    apiUrl: `http://127.0.0.1:${env['PORT']}`,
    servers,
    process: (name) => known(processes, name),
    processes: () => [...processes.values()],
    start,
    stop,
  }
}

function known(processes: ReadonlyMap<string, Supervised>, name: string): Supervised {
  const found = processes.get(name)
  if (found === undefined) throw new Error(`No process ${name} was started`)
  return found
}

async function throwawayServers(report: Report) {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-'))
  const servers = await startServers({ dataDir, ports: 'free', report })
  const stop = async () => {
    await servers.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { servers, stop }
}

/** Tests and benchmarks call from one address, and in one person's name more often than a person would. */
const oneCaller: Environment = {
  LIMIT_ADDRESS_FAILURES_PER_MINUTE: '100000',
  LIMIT_REGISTRATIONS_PER_MINUTE: '100000',
  LIMIT_LETTERS_PER_MINUTE: '100000',
  LIMIT_ORDERS_PER_SECOND: '100000',
  LIMIT_ORDERS_BURST: '100000',
  LIMIT_WRITES_PER_SECOND: '100000',
  LIMIT_READS_PER_SECOND: '100000',
  STREAMS_PER_USER: '1000',
}

const freePort = async (): Promise<string> => String((await choosePorts([undefined]))[0])

async function systemEnvironment(servers: Servers, options: SystemOptions): Promise<Environment> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const webhooks = { WEBHOOK_BASE_URL: url, PUBLIC_URL: url }
  const ours = { DEMO: '0', HOST: '127.0.0.1', DATA_DIR: options.logDir, PORT: port, ...webhooks }
  return { ...givenSettings(), ...servers.env, ...ours, ...oneCaller, ...options.env }
}
