import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

const id = randomUUID().slice(0, 8)
const env = { ...process.env, ...inject('serverEnv'), DATABASE_PREFIX: `m${id}_`, KAFKA_PREFIX: `m${id}.` }

/** `node dist/deploy/migrate-main.js`, as a deployment runs it. @throws unless it ends well. */
async function migrate(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/deploy/migrate-main.js', ...args], { env })
  return stdout
}

const databases = ['identity', 'notification', 'orders', 'payment', 'shipping', 'stock', 'webhook']

let connection: Awaited<ReturnType<typeof createConnection>>
beforeAll(async () => {
  connection = await createConnection(inject('serverEnv')['DATABASE_URL'] ?? '')
})
afterAll(() => connection.end())

async function countTables(): Promise<number> {
  const query = 'SELECT COUNT(*) AS count FROM information_schema.tables WHERE table_schema LIKE ?'
  const [rows] = await connection.query<RowDataPacket[]>(query, [`m${id}\\_%`])
  return Number(rows[0]?.['count'])
}

it('a dry run prints the SQL of every service and changes nothing', async () => {
  const told = await migrate('--dry-run')
  for (const name of databases) {
    expect(told).toContain(`CREATE DATABASE IF NOT EXISTS \`m${id}_${name}\``)
    expect(told).toMatch(new RegExp(`^-- ${name}: 0001`, 'm'))
  }
  expect(told).toContain('CREATE TABLE account (')
  expect(await countTables()).toBe(0)
})

it('of two at once each migration runs once, and both end well', async () => {
  const told = await Promise.all([migrate(), migrate()])
  const lines = told.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string }),
  )
  expect(lines.filter(({ msg }) => msg === 'migrated')).toHaveLength(databases.length)
  expect(lines.filter(({ msg }) => msg === 'up to date')).toHaveLength(databases.length)
  expect(await countTables()).toBeGreaterThan(20)
})

it('when all is done, a dry run has nothing to say', async () => {
  expect((await migrate('--dry-run')).trim().split('\n')).toEqual(databases.map((name) => `-- ${name}: up to date`))
})
