import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { longStep } from '../obtaining/long-step.ts'
import type { PlanOptions, ServerPlan } from '../server-plan.ts'
import { isRoot } from '../surroundings.ts'
import { obtainDatabase, type DatabaseProgram } from './obtain.ts'

/** The account that a new data folder has; the server listens on the loopback address only. */
export const databaseUrl = (port: number): string => `mysql://root@127.0.0.1:${port}`

/** MariaDB or MySQL with a data folder of its own, apart from any that the machine runs. */
export async function planDatabase({ dataDir, report }: PlanOptions): Promise<ServerPlan> {
  const program = await obtainDatabase(report)
  const folder = join(dataDir, 'database')
  return {
    name: 'database',
    title: `${program.flavour} ${program.version}`,
    ports: [{ what: 'the database', usual: 3306 }],
    prepare: async () => {
      if (existsSync(folder)) return
      // made aside and renamed, so that one that was interrupted is not taken for whole
      const aside = `${folder}.new`
      rmSync(aside, { recursive: true, force: true })
      mkdirSync(aside, { recursive: true, mode: 0o700 })
      await longStep({ what: 'making the data folder', ...initialize(program, aside), report })
      renameSync(aside, folder)
    },
    command: ([port = 0]) => ({
      command: program.server,
      // a temporary folder of its own: another server that starts clears what it finds in a shared one
      args: [...commonArgs(program, folder), `--tmpdir=${folder}`, ...serverArgs(program, port)],
    }),
    check: ([port = 0]) => checkDatabase(databaseUrl(port)),
    healthyWithinMs: 60_000,
    graceMs: 20_000,
  }
}

/** Throws unless the database answers a statement. */
export async function checkDatabase(uri: string, connectTimeout = 1_000): Promise<void> {
  const connection = await createConnection({ uri, connectTimeout })
  try {
    await connection.query('SELECT 1')
  } finally {
    connection.destroy()
  }
}

function initialize(program: DatabaseProgram, folder: string) {
  const args = commonArgs(program, folder)
  if (program.installer === undefined) return { command: program.server, args: [...args, '--initialize-insecure'] }
  const passwordless = ['--auth-root-authentication-method=normal', '--skip-test-db']
  return { command: program.installer, args: [...args, ...passwordless] }
}

function commonArgs(program: DatabaseProgram, folder: string): readonly string[] {
  return [
    '--no-defaults',
    ...(program.home === undefined ? [] : [`--basedir=${program.home}`]),
    `--datadir=${folder}`,
    // the server refuses to run as root unless it is told to
    ...(isRoot ? ['--user=root'] : []),
  ]
}

const ofFlavour = {
  // nobody reads or writes files by SQL, and the folder that a package names for it may not be there
  MySQL: ['--mysqlx=OFF', '--secure-file-priv=NULL'],
  // nobody listens in on the loopback address, and newer ones would make a certificate at each start, for 10 s
  MariaDB: ['--skip-ssl'],
} as const

function serverArgs(program: DatabaseProgram, port: number): readonly string[] {
  return [
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    // relative to the data folder: a whole path may be longer than a socket's name can be
    '--socket=server.sock',
    '--pid-file=server.pid',
    '--innodb-buffer-pool-size=128M',
    // a write that was acknowledged is on the disk
    '--innodb-flush-log-at-trx-commit=1',
    '--max-connections=300',
    '--character-set-server=utf8mb4',
    '--skip-log-bin',
    ...ofFlavour[program.flavour],
  ]
}
