import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import type { IdentityTables } from '../identity/tables.ts'
import { tellFailure } from '../tell-failure.ts'
import { readEnd } from './result.ts'
import { runIfDue } from './runs.ts'

type Schedule = {
  /** 0: never. */
  readonly everyMs: number
  /** The file of the program. */
  readonly program: string
  readonly log: Log
  readonly stopping: AbortSignal
}

const minute = 60_000

/** Looks every minute whether a check is due, until the process ends. It runs as a process of its own: requests don't wait. */
export async function keepChecking(database: Kysely<IdentityTables>, schedule: Schedule): Promise<void> {
  const { everyMs, program, log, stopping } = schedule
  if (everyMs === 0) return
  const message = 'the check could not be run; trying again in a minute'
  await repeatUntil(stopping, {
    everyMs: minute,
    work: async () => {
      await runIfDue(database, everyMs, async () => {
        const { outcome, kept } = await runProgram(program, stopping)
        const count = kept.invariants.reduce((sum, one) => sum + one.count, 0)
        if (outcome === 'findings') log.error({ count }, 'not everything is right: GET /v1/admin/checks')
        if (outcome === 'failed') log.warn({ why: kept.message }, 'whether everything is right could not be checked')
        return { outcome, kept }
      })
    },
    onFailure: (error) => {
      if (stopping.aborted) log.warn({ err: error }, message)
      else tellFailure(log, message)(error)
    },
  })
}

async function runProgram(program: string, signal: AbortSignal) {
  const child = spawn(process.execPath, [program, '--json'], { signal, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return readEnd(code ?? 2, stdout, stderr)
}

async function textOf(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk)
  return text
}
