import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheDir } from '../../stack/surroundings.ts'

const run = promisify(execFile)

/** A Python with these requirements, made once for all checkouts. @returns its path. */
export async function pythonWith(requirements: string): Promise<string> {
  const stamp = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(cacheDir(), `python-${stamp}`)
  const python = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'complete'))) return python
  await run('python3', ['-m', 'venv', '--clear', folder])
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  await run(python, ['-c', `open(${JSON.stringify(join(folder, 'complete'))}, 'w').close()`])
  return python
}
