import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { canInstallPackages, installPackages } from '../obtaining/apt.ts'
import { findProgram } from '../obtaining/find.ts'
import { type Environment, givenEnvironment, messageOf, type Report } from '../surroundings.ts'

/** Where a program of the database connects to, without the password, which no list of processes may show. */
type Connection = { readonly args: readonly string[]; readonly env: Environment }

function connectionOf(databaseUrl: string): Connection {
  const { hostname, port, username, password } = new URL(databaseUrl)
  const args = [
    '--protocol=TCP',
    `--host=${hostname}`,
    `--port=${port || 3306}`,
    `--user=${decodeURIComponent(username)}`,
  ]
  return { args, env: { ...givenEnvironment(), MYSQL_PWD: decodeURIComponent(password) } }
}

/** One snapshot of all these databases: none is ahead of another. Nobody is held up. */
export async function dump(url: string, databases: readonly string[], file: string, report: Report): Promise<void> {
  const program = await obtain(['mariadb-dump', 'mysqldump'], report)
  const { args, env } = connectionOf(url)
  const options = ['--single-transaction', '--quick', '--no-tablespaces', '--hex-blob', '--add-drop-database']
  const all = [...args, ...options, '--databases', ...databases]
  await run(program, all, env, async (child) => {
    await pipeline(child.stdout, createWriteStream(file, { mode: 0o600 }))
  })
}

/** @returns what puts a dump in the place of what is there. @throws where this machine has no program for it. */
export async function findLoader(report: Report): Promise<(url: string, file: string) => Promise<void>> {
  const program = await obtain(['mariadb', 'mysql'], report)
  return async (url, file) => {
    const { args, env } = connectionOf(url)
    await run(program, args, env, (child) => pipeline(createReadStream(file), child.stdin))
  }
}

/**
 * The database's own program: that of this machine, or of the package where it may be installed. `npm start` needs none
 * of them, so a machine that it works on may have none.
 */
async function obtain(programs: readonly string[], report: Report): Promise<string> {
  const program = findProgram(...programs)
  if (program !== undefined) return program
  const problem = canInstallPackages() ? await installPackages([clientPackage], report).then(noProblem, messageOf) : ''
  const installed = findProgram(...programs)
  if (installed !== undefined) return installed
  const needed = `${programs.join(' or ')} is needed, the database’s own program (Debian: apt-get install ${clientPackage})`
  throw new Error(problem === '' ? needed : `${needed}\n${problem}`)
}

const clientPackage = 'mariadb-client'
const noProblem = (): string => ''

type Child = ReturnType<typeof start>
const start = (program: string, args: readonly string[], env: Environment) =>
  spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })

/** @throws with what the program said, unless it ends well. */
async function run(
  program: string,
  args: readonly string[],
  env: Environment,
  use: (child: Child) => Promise<void>,
): Promise<void> {
  const child = start(program, args, env)
  await once(child, 'spawn')
  const said: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const used = await use(child).then(
    () => undefined,
    (error: unknown) => error,
  ) // its own words say more
  const code = await ended
  if (code !== 0)
    throw new Error(`${program} ended with ${code}: ${Buffer.concat(said).toString().trim().slice(0, 500)}`)
  if (used instanceof Error) throw used
}
