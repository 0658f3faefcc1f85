import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Environment, givenEnvironment } from '../surroundings.ts'

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
export async function dump(url: string, databases: readonly string[], file: string): Promise<void> {
  const { args, env } = connectionOf(url)
  const options = ['--single-transaction', '--quick', '--no-tablespaces', '--hex-blob', '--add-drop-database']
  const all = [...args, ...options, '--databases', ...databases]
  await run(['mariadb-dump', 'mysqldump'], all, env, async (child) => {
    await pipeline(child.stdout, createWriteStream(file, { mode: 0o600 }))
  })
}

/** Puts a dump in the place of what is there. */
export async function load(url: string, file: string): Promise<void> {
  const { args, env } = connectionOf(url)
  await run(['mariadb', 'mysql'], args, env, (child) => pipeline(createReadStream(file), child.stdin))
}

type Child = ReturnType<typeof start>
const start = (program: string, args: readonly string[], env: Environment) =>
  spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })

/** @throws with what the program said, unless it ends well; and where none of them is there. */
async function run(
  programs: readonly string[],
  args: readonly string[],
  env: Environment,
  use: (child: Child) => Promise<void>,
): Promise<void> {
  for (const program of programs) {
    const child = start(program, args, env)
    const there = await new Promise<boolean>((resolve, reject) => {
      child.once('spawn', () => resolve(true))
      child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(false) : reject(error)))
    })
    if (!there) continue
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
    return
  }
  throw new Error(
    `${programs.join(' or ')} is needed, the database’s own program (Debian: apt-get install mariadb-client)`,
  )
}
