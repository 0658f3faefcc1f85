import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Log } from '../../platform/log.ts'
import { type Kept, type Outcome, readEnd } from './result.ts'

export type Running = {
  /** The file of the program. */
  readonly program: string
  readonly log: Log
  readonly stopping: AbortSignal
}

/** Runs `verify --json` as a process of its own, so that requests don't wait, and tells the log what is not right. */
export async function runProgram({ program, log, stopping }: Running): Promise<{
  readonly outcome: Outcome
  readonly kept: Kept
}> {
  const child = spawn(process.execPath, [program, '--json'], { signal: stopping, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  const { outcome, kept } = readEnd(code ?? 2, stdout, stderr)
  const count = kept.invariants.reduce((sum, one) => sum + one.count, 0)
  if (outcome === 'findings') log.error({ count }, 'not everything is right: GET /v1/admin/checks')
  if (outcome === 'failed') log.warn({ why: kept.message }, 'whether everything is right could not be checked')
  return { outcome, kept }
}

async function textOf(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk)
  return text
}
