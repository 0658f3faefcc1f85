import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitText, startChild } from './running/child.ts'
import { projectDir, type Environment } from './surroundings.ts'

/**
 * Brings all services' databases and the topics up to date, which is a program of its own.
 * @throws with the end of what it printed, unless it ends well.
 */
export async function migrate(env: Environment, onLine: (name: string, line: string) => void): Promise<void> {
  const entry = join(projectDir, 'dist', 'deploy', 'migrate-main.js')
  if (!existsSync(entry)) throw new Error(`${entry} is missing: the build did not make it`)
  const lines: string[] = []
  const child = startChild({
    command: process.execPath,
    args: ['--enable-source-maps', entry],
    env: { ...env, NODE_ENV: 'production' },
    cwd: projectDir,
    output: {
      onLine: (line) => {
        lines.push(line)
        onLine('migrate', line)
      },
    },
  })
  const exit = await child.exited
  if (exit.code !== 0) throw new Error(`The migrations ${exitText(exit)}\n${lines.slice(-15).join('\n')}`)
}
