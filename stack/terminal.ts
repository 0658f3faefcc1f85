import { messageOf } from './surroundings.ts'
import { atLeast, prefixed, readLogLine, type Level } from './log-lines.ts'

/** Shows the lines of our processes that somebody at the terminal wants to see; the rest is in the log files. */
export function showLines(names: readonly string[], least: Level): (name: string, line: string) => void {
  const colour = process.stdout.isTTY === true
  return (name, line) => {
    const read = readLogLine(line)
    if (read.ready || atLeast(read.level, least)) console.log(prefixed(name, read, names, colour))
  }
}

/** A terminal that was closed takes no more lines, which must not end us before we have stopped what we started. */
export function surviveClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

export type StopRequest = {
  /** Aborted at the first request. */
  readonly signal: AbortSignal
  /** Resolves at the first request. */
  readonly asked: Promise<void>
}

/**
 * Ctrl-C, SIGTERM and a closed terminal ask for a stop; another one asks to do it at once. What comes within half a
 * second is the same one again: it reaches us from the terminal as well as through the programs that run us.
 */
export function onStopRequest(atOnce: () => void): StopRequest {
  const controller = new AbortController()
  let firstAt: number | undefined
  const asked = new Promise<void>((resolve) => {
    const handle = () => {
      firstAt ??= Date.now()
      if (!controller.signal.aborted) controller.abort(new Error('stopped while starting'))
      else if (Date.now() - firstAt > 500) atOnce()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle)
  })
  return { signal: controller.signal, asked }
}

/** Runs a program to its end; an error is told by its message, and by the exit code. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program()
  } catch (error) {
    // the end of the program: nobody above could do more
    console.error(`\n${messageOf(error)}`)
    process.exitCode = 1
  }
}
