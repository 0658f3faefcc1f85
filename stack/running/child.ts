import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLines } from './lines.ts'

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: string }

export type Child = {
  readonly pid: number | undefined
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<Exit>
  /** Sends to all of its process group; one that has ended is left alone. */
  readonly signal: (signal: NodeJS.Signals) => void
}

export type ChildOptions = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Straight into a file, so that it outlives us; or line by line to us. */
  readonly output: { readonly file: string } | { readonly onLine: (line: string) => void }
}

/** Starts a process in a group of its own, which the terminal's Ctrl-C does not reach: we end it, in our order. */
export function startChild(options: ChildOptions): Child {
  const file = 'file' in options.output ? openSync(options.output.file, 'a') : undefined
  const child = spawn(options.command, options.args, {
    env: options.env,
    detached: true,
    stdio: file === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', file, file],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  if (file !== undefined) closeSync(file)
  if ('onLine' in options.output) readOutput(child, options.output.onLine)
  let ended = false
  const exited = new Promise<Exit>((resolve) => {
    const end = (exit: Exit) => {
      ended = true
      resolve(exit)
    }
    child.once('exit', (code, signal) => {
      // its last lines are still on their way, but a process of its own may hold the pipe open: not for ever
      const late = setTimeout(() => end({ code, signal }), 500)
      child.once('close', () => {
        clearTimeout(late)
        end({ code, signal })
      })
    })
    child.once('error', (error) =>
      child.pid === undefined ? end({ code: null, signal: null, error: error.message }) : undefined,
    )
  })
  return {
    pid: child.pid,
    exited,
    signal: (signal) => (ended || child.pid === undefined ? undefined : signalGroup(child.pid, signal)),
  }
}

/** Asks it to end, and makes it end after the grace. A stopped (SIGSTOP) process is woken so that it can hear. */
export async function endChild(child: Child, graceMs: number): Promise<void> {
  child.signal('SIGTERM')
  child.signal('SIGCONT')
  const late = new AbortController()
  const ended = await Promise.race([child.exited.then(() => true), sleep(graceMs, false, { signal: late.signal })])
  late.abort()
  if (!ended) child.signal('SIGKILL')
  await child.exited
}

/** To the whole group of a process, or to nobody when it is gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // gone in between is what most signals are sent for; anything else is a surprise
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

export function exitText(exit: Exit): string {
  if (exit.error !== undefined) return `could not be started: ${exit.error}`
  return exit.signal === null ? `ended with exit code ${exit.code ?? 'unknown'}` : `was ended by ${exit.signal}`
}

function readOutput(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) readLines(stream, onLine)
  }
}
