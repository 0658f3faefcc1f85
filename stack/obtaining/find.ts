import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { givenEnvironment } from '../surroundings.ts'

/** Where server programs lie that an ordinary user's PATH leaves out. */
const besidePath = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/usr/local/mysql/bin', '/opt/homebrew/bin']

/** The first of these programs that can be run, as an absolute path. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(givenEnvironment()['PATH'] ?? '').split(delimiter).filter(Boolean), ...besidePath]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun)
}

export function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // missing or not ours to run: either way, no
    return false
  }
}

/** A server that cannot be had on this machine. Names every way to get it. */
export class ServerNotFound extends Error {
  constructor(what: string, tried: readonly string[], ways: readonly string[]) {
    const list = (title: string, lines: readonly string[]) =>
      lines.length === 0
        ? ''
        : `\n  ${title}\n${lines.map((line) => `    - ${line.replaceAll('\n', '\n      ')}`).join('\n')}`
    super(
      `${what} is not on this machine and could not be fetched.${list('What was tried:', tried)}${list('Any of these helps:', ways)}`,
    )
    this.name = 'ServerNotFound'
  }
}
