import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../surroundings.ts'
import { exitText, type Child, type Exit } from './child.ts'

export type Wait = {
  readonly what: string
  /** Throws as long as it does not work. */
  readonly check: () => Promise<void>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Gives up at once when this ends, with the end of its log in the error. */
  readonly child?: Child
  readonly logFile?: string
}

/** Waits until the check passes. @throws when the time is up, the process has ended, or the wait was called off. */
export async function waitUntilHealthy(wait: Wait): Promise<void> {
  const deadline = Date.now() + wait.timeoutMs
  let exit: Exit | undefined
  void wait.child?.exited.then((value) => (exit = value))
  for (;;) {
    wait.signal?.throwIfAborted()
    const failure = await wait.check().then(() => undefined, messageOf)
    if (exit !== undefined) throw new Error(`${wait.what} ${exitText(exit)}${logTail(wait.logFile)}`)
    if (failure === undefined) return
    if (Date.now() > deadline) {
      throw new Error(
        `${wait.what} did not answer within ${wait.timeoutMs / 1000} s: ${failure}${logTail(wait.logFile)}`,
      )
    }
    await sleep(50)
  }
}

/** The last lines of a log, as the end of an error message. */
export function logTail(file: string | undefined, lines = 15): string {
  if (file === undefined || !existsSync(file)) return ''
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines)
  return `\n  ${file} ends with:\n${tail.map((line) => `    ${line}`).join('\n')}`
}
