import { spawn } from 'node:child_process'

export type Example = {
  /** What it wrote to standard output so far. */
  readonly output: () => string
  readonly errors: () => string
  /** Asks it to end. @returns its exit code. */
  readonly end: () => Promise<number | null>
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<number | null>
}

/** A program as its users start it. */
export function startExample(command: string, args: readonly string[]): Example {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve)
    child.on('error', reject)
  })
  return {
    output: () => output,
    errors: () => errors,
    ended,
    async end() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
