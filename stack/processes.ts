import { join } from 'node:path'
import { type Exit, exitText, startChild } from './running/child.ts'
import { notePid } from './running/pid-file.ts'
import { supervise } from './running/supervise.ts'
import { readLogLine } from './log-lines.ts'
import { projectDir, type Environment } from './surroundings.ts'

/** Our own processes, in the order in which they are told about; the API is stopped first. */
export const roles = [
  'temporal',
  'stock',
  'payment',
  'shipping',
  'projection',
  'notification',
  'webhook',
  'api',
] as const
export type Role = (typeof roles)[number]

/** The file that a role's process runs. */
export const entryOf = (role: Role): string =>
  join(projectDir, 'dist', role === 'api' ? 'api/main.js' : `workers/${role}/main.js`)

/** Each worker's own port for its metrics, where they are asked for: METRICS_PORT is the first one's. */
export function metricsPortOf(env: Environment, role: Role): Environment {
  const first = Number(env['METRICS_PORT'] ?? 0)
  return first > 0 && role !== 'api' ? { METRICS_PORT: String(first + roles.indexOf(role)) } : {}
}

/**
 * Kept small: given room, V8 lets garbage grow into it. The workflow worker keeps up to 500 workflows in memory.
 * Measured (docs/performance.md): the limit of the heap saves 180 MB for the same CPU, that of the young generation
 * another 190 MB for 3 % of it.
 */
const heapOf = (name: string): readonly string[] => [
  `--max-old-space-size=${name.startsWith('temporal') ? 512 : 256}`,
  '--max-semi-space-size=4',
]
/** glibc would keep memory apart for each of the many threads of the native parts. */
const oneArenaForAll = { MALLOC_ARENA_MAX: '2' }

export type Supervised = {
  readonly name: string
  readonly pid: () => number | undefined
  /** Resolves when it says that it works. @throws when it has ended five times before that. */
  readonly ready: () => Promise<void>
  /** Lets it finish what it is at, for 10 s. */
  readonly stop: () => Promise<void>
  readonly kill: (signal: NodeJS.Signals) => void
  /** How often it was started again after it had died. */
  readonly restarts: () => number
  /** How it last ended. */
  readonly lastExit: () => Exit | undefined
}

export type SuperviseProcessOptions = {
  readonly name: string
  readonly entry: string
  readonly env: Environment
  readonly onLine: (name: string, line: string) => void
  /** Whether it is started again, with back-off, when it dies. */
  readonly restart: boolean
  readonly nodeArgs?: readonly string[]
  /** Notes it, so that the next run can end it should we be killed. */
  readonly pidFile?: string
  readonly onStart?: (pid: number | undefined) => void
}

const triesBeforeReady = 5
const graceMs = 10_000

/** Starts a process of ours, and keeps it running if it is told to. */
export function superviseProcess(options: SuperviseProcessOptions): Supervised {
  const { name, onLine } = options
  const readiness = deferred()
  const lastLines: string[] = []
  let exits = 0
  const supervision = supervise({
    restart: options.restart,
    graceMs,
    spawn: () => {
      const child = startChild({
        command: process.execPath,
        args: ['--enable-source-maps', ...heapOf(name), ...(options.nodeArgs ?? []), options.entry],
        env: { ...oneArenaForAll, ...options.env, NODE_ENV: 'production' },
        cwd: projectDir,
        output: {
          onLine: (line) => {
            onLine(name, line)
            if (lastLines.push(line) > 12) lastLines.shift()
            if (line.includes('"ready"') && readLogLine(line).ready) readiness.resolve()
          },
        },
      })
      if (options.pidFile !== undefined) notePid(options.pidFile, child)
      options.onStart?.(child.pid)
      return child
    },
    onExit: (exit, nextMs) => {
      exits += 1
      const givenUp = nextMs === undefined || exits >= triesBeforeReady
      if (givenUp) readiness.reject(new Error(`${name} ${exitText(exit)} before it was ready\n${lastLines.join('\n')}`))
      onLine(name, nextMs === undefined ? exitText(exit) : `${exitText(exit)}, starting it again in ${nextMs} ms`)
    },
  })
  void supervision.start()
  return {
    name,
    pid: supervision.pid,
    ready: () => readiness.promise,
    stop: async () => {
      await supervision.stop()
      readiness.reject(new Error(`${name} was stopped before it was ready`))
    },
    kill: supervision.kill,
    restarts: supervision.restarts,
    lastExit: supervision.lastExit,
  }
}

function deferred() {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  // nobody has to wait for it: a failure is then told by its lines alone
  promise.catch(() => undefined)
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) }
}
