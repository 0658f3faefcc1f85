import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitText, startChild } from './running/child.ts'
import { notePid } from './running/pid-file.ts'
import { supervise } from './running/supervise.ts'
import { waitUntilHealthy } from './running/wait.ts'
import { watchHealth } from './running/watch-health.ts'
import { logDirOf, pidFileOf } from './data-folder.ts'
import { fileNameOf, type ServerName, type ServerPlan } from './server-plan.ts'
import { givenEnvironment, seconds, type Report } from './surroundings.ts'

export type Server = {
  readonly name: ServerName
  /** `host:port`; stays the same over restarts. */
  readonly address: string
  readonly pid: () => number | undefined
  /** Starts it (again) on the same port and data; resolves when it answers. */
  readonly start: () => Promise<void>
  /** Lets it finish its writes. */
  readonly stop: () => Promise<void>
  /** For fault tests: SIGKILL, SIGSTOP, SIGCONT. */
  readonly kill: (signal: NodeJS.Signals) => void
}

export type ServerOptions = {
  readonly dataDir: string
  readonly restart: boolean
  readonly report: Report
  readonly signal?: AbortSignal | undefined
}

/** A minute without an answer: longer than what passes by itself. */
const sickAfter = { everyMs: 10_000, most: 6 }

/** A server of ours, not started yet. Its output goes to a file of its own, which outlives us both. */
export function ownServer(plan: ServerPlan, ports: readonly number[], options: ServerOptions): Server {
  const logFile = join(logDirOf(options.dataDir), `${fileNameOf(plan.name)}.log`)
  const supervision = supervise({
    spawn: () => {
      appendFileSync(logFile, `--- ${new Date().toISOString()} starting on port ${ports[0]}\n`)
      const command = plan.command(ports)
      const child = startChild({
        command: command.command,
        args: command.args,
        env: command.env ?? givenEnvironment(),
        cwd: options.dataDir,
        output: { file: logFile },
      })
      notePid(pidFileOf(options.dataDir, fileNameOf(plan.name)), child)
      return child
    },
    restart: options.restart,
    graceMs: plan.graceMs,
    onExit: (exit, nextMs) =>
      options.report(
        `${plan.title} ${exitText(exit)}${nextMs === undefined ? '' : `, starting it again in ${nextMs} ms`}`,
      ),
  })
  let endWatch = (): void => undefined
  const watch = () =>
    watchHealth({
      ...sickAfter,
      check: () => plan.check(ports),
      onSick: () => {
        options.report(`${plan.title} runs and has not answered for a minute: it is killed, to be started again`)
        supervision.kill('SIGKILL')
      },
    })
  return {
    name: plan.name,
    address: `127.0.0.1:${ports[0]}`,
    pid: supervision.pid,
    start: async () => {
      const startedAt = Date.now()
      if (existsSync(options.dataDir)) await plan.prepare(ports)
      const child = await supervision.start()
      const wait = { what: plan.title, timeoutMs: plan.healthyWithinMs, signal: options.signal, child, logFile }
      await waitUntilHealthy({ ...wait, check: () => plan.check(ports) })
      if (plan.afterStart !== undefined) await plan.afterStart(ports)
      options.report(`${plan.title} listens on 127.0.0.1:${ports[0]} (${seconds(startedAt)})`)
      endWatch()
      if (options.restart) endWatch = watch()
    },
    stop: () => {
      endWatch()
      return supervision.stop()
    },
    kill: supervision.kill,
  }
}
