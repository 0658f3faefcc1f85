import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { givenEnvironment, seconds, type Environment, type Report } from '../surroundings.ts'

export type LongStep = {
  readonly what: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Environment
  readonly cwd?: string
  readonly report: Report
}

/**
 * Runs a command to its end; says what it does, and every 10 s that it is still at it.
 * @returns what it printed. @throws with the end of that when it fails.
 */
export function longStep(step: LongStep): Promise<string> {
  const startedAt = Date.now()
  const lines: string[] = []
  step.report(step.what)
  const ticker = setInterval(
    () => step.report(`${step.what}: ${seconds(startedAt).replace(/\..*/, ' s')} so far`),
    10_000,
  )
  return new Promise<string>((resolve, reject) => {
    const child = spawn(step.command, step.args, {
      env: step.env ?? givenEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(step.cwd === undefined ? {} : { cwd: step.cwd }),
    })
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => lines.push(line))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(lines.join('\n'))
      else reject(new Error(`${step.what} failed (${signal ?? `exit code ${code}`})\n${lines.slice(-8).join('\n')}`))
    })
  }).finally(() => clearInterval(ticker))
}
