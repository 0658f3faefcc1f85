import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

export type LogFiles = {
  /** Appends to the file of this name. */
  readonly write: (name: string, line: string) => void
  /** Resolves when all of it is written. */
  readonly close: () => Promise<void>
}

/** One file per process, which keeps what the terminal leaves out. */
export function openLogFiles(folder: string): LogFiles {
  const streams = new Map<string, WriteStream>()
  const streamOf = (name: string) => {
    const open = streams.get(name) ?? createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
    streams.set(name, open)
    return open
  }
  mkdirSync(folder, { recursive: true })
  return {
    write: (name, line) => void streamOf(name).write(`${line}\n`),
    close: async () => {
      await Promise.all([...streams.values()].map((stream) => new Promise<void>((resolve) => stream.end(resolve))))
    },
  }
}
