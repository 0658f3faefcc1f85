import { mkdirSync } from 'node:fs'
import { build } from './build.ts'
import { killAllNoted, logDirOf, pidFileOf } from './data-folder.ts'
import { drillsEnvironment, drillsProcess } from './drills.ts'
import { openLogFiles } from './log-files.ts'
import { migrate } from './migrate.ts'
import { panel } from './panel.ts'
import { entryOf, metricsPortOf, roles, superviseProcess, type Supervised } from './processes.ts'
import { choosePorts } from './running/ports.ts'
import { fileNameOf } from './server-plan.ts'
import { startServers, type Servers } from './servers.ts'
import { removeStackFile, writeStackFile } from './stack-file.ts'
import { givenSettings, isDemo, messageOf, seconds, usualDataDir, type Environment } from './surroundings.ts'
import { onStopRequest, runProgram, showLines, surviveClosedTerminal, type StopRequest } from './terminal.ts'

const dataDir = usualDataDir()
const startedAt = Date.now()
const notes: string[] = []

function report(line: string): void {
  console.log(`${seconds(startedAt).padStart(7)}  ${line}`)
  if (line.includes(' is taken, ')) notes.push(line.replace(/^\w+ +(?=port )/, ''))
}

/** `npm start`: everything on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  surviveClosedTerminal()
  const stop = onStopRequest(() => {
    console.log('stopping at once')
    killAllNoted(dataDir)
    process.exit(130)
  })
  try {
    await build(report)
    stop.signal.throwIfAborted()
    mkdirSync(dataDir, { recursive: true })
    await withServers(stop)
  } catch (error) {
    if (!stop.signal.aborted) throw error
    // whoever calls the start off has got what was asked for; what else went wrong on the way is told
    if (error !== stop.signal.reason) report(messageOf(error))
  }
}

async function withServers(stop: StopRequest): Promise<void> {
  const servers = await startServers({ dataDir, ports: 'usual', report, restart: true, signal: stop.signal })
  try {
    await withProcesses(servers, stop)
  } finally {
    report('stopping the servers')
    await servers.stop()
    report('stopped')
  }
}

async function withProcesses(servers: Servers, stop: StopRequest): Promise<void> {
  const logs = openLogFiles(logDirOf(dataDir))
  const show = showLines(roles, process.argv.includes('--verbose') ? 'info' : 'warn')
  const onLine = (name: string, line: string) => {
    logs.write(name, line)
    show(name, line)
  }
  const env = await processEnvironment(servers.env)
  const drills = await drillsEnvironment(env)
  const processes: Supervised[] = []
  let listed = false
  const list = () => (listed ? writeStack(env, servers, processes) : undefined)
  try {
    report('bringing databases and topics up to date')
    await migrate(env, onLine)
    stop.signal.throwIfAborted()
    report(`starting ${roles.join(', ')}`)
    for (const role of roles) {
      const own = { ...env, ...metricsPortOf(env, role), ...(role === 'api' && drills) }
      const options = { name: role, entry: entryOf(role), env: own, onLine, restart: true, onStart: () => list() }
      processes.push(superviseProcess({ ...options, pidFile: pidFileOf(dataDir, role) }))
    }
    if (drills['DRILLS_URL'] !== undefined) {
      const options = { ...drillsProcess, env: { ...env, ...drills }, onLine, restart: true, onStart: () => list() }
      processes.push(superviseProcess({ ...options, pidFile: pidFileOf(dataDir, drillsProcess.name) }))
    }
    await Promise.race([Promise.all(processes.map((each) => each.ready())), stop.asked])
    stop.signal.throwIfAborted()
    listed = true
    list()
    console.log(`\n${panel(panelInfo(env))}\n`)
    await stop.asked
  } finally {
    listed = false
    removeStackFile(dataDir)
    report('stopping the processes')
    // the API first: what it has let in, the workers still see
    await processes.find(({ name }) => name === 'api')?.stop()
    await Promise.all(processes.map((each) => each.stop()))
    await logs.close()
  }
}

async function processEnvironment(addresses: Environment): Promise<Environment> {
  const given = givenSettings()
  const wanted = Number(given['PORT'] ?? 3000)
  const [port] = await choosePorts([wanted])
  if (port !== wanted) report(`port ${wanted} is taken, the API listens on ${port}`)
  const ours = {
    DEMO: isDemo(given) ? '1' : '0',
    DATA_DIR: dataDir,
    PORT: String(port),
    WEBHOOK_BASE_URL: `http://127.0.0.1:${port}`,
  }
  const usual = { HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}` }
  return { ...usual, ...given, ...addresses, ...ours }
}

const apiUrlOf = (env: Environment): string => `http://127.0.0.1:${env['PORT']}`

function writeStack(env: Environment, servers: Servers, processes: readonly Supervised[]): void {
  const ofServers = [servers.database, servers.kafka, servers.temporal].map((server) => [
    fileNameOf(server.name),
    server.pid(),
  ])
  const pids = [...ofServers, ...processes.map((each) => [each.name, each.pid()])]
  writeStackFile(dataDir, {
    pid: process.pid,
    startedAt: new Date(startedAt).toISOString(),
    demo: env['DEMO'] === '1',
    apiUrl: apiUrlOf(env),
    env: servers.env,
    pids: Object.fromEntries(pids.filter((entry): entry is [string, number] => entry[1] !== undefined)),
  })
}

function panelInfo(env: Environment) {
  return {
    apiUrl: apiUrlOf(env),
    temporalUiUrl: env['TEMPORAL_UI_URL'],
    temporalAddress: env['TEMPORAL_ADDRESS'] ?? '',
    kafkaBrokers: env['KAFKA_BROKERS'] ?? '',
    databaseUrl: env['DATABASE_URL'] ?? '',
    dataDir,
    demo: env['DEMO'] === '1',
    notes,
  }
}

await runProgram(main)
process.exit()
