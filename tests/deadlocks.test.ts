import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { inTransaction } from '../platform/transactions.ts'
import { deleteEndpoint, eraseEndpoints } from '../workers/webhook/endpoints.ts'
import { webhookMigrations, type WebhookTables } from '../workers/webhook/tables.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
type Tables = WebhookTables & {
  weight: { id: number }
}
const database = openDatabase<Tables>(config, 'webhook')
const webhook = database as unknown as Kysely<WebhookTables>
const [owner, first, second] = [
  randomUUID(),
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
]

beforeAll(async () => {
  await migrate(config, 'webhook', webhookMigrations)
  await sql`CREATE TABLE weight (id INT PRIMARY KEY)`.execute(database)
})
afterAll(() => database.destroy())
beforeEach(async () => {
  await database.deleteFrom('endpoint').execute()
  const made = {
    owner_kind: 'customer' as const,
    owner_id: owner,
    url: 'https://example.test',
    description: '',
    events: '*',
    secret: '',
    created_at: new Date(),
    updated_at: new Date(),
  }
  await database
    .insertInto('endpoint')
    .values([first, second].map((id, index) => ({ ...made, id, slot: index + 1 })))
    .execute()
})

const fail = (id: string) => (query: Kysely<Tables>) =>
  query
    .updateTable('endpoint')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', id)
    .execute()
const [failFirst, failSecond] = [fail(first), fail(second)]
/** One statement that locks the first before the second. */
const failBoth = (query: Kysely<Tables>) =>
  query
    .updateTable('endpoint')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', 'in', [first, second])
    .orderBy('id')
    .execute()
const failuresNow = async () =>
  (await database.selectFrom('endpoint').select('failures').orderBy('id').execute()).map(({ failures }) => failures)

/**
 * Has `victim`, which locks the first endpoint and then the second, meet another transaction that locks them the other
 * way round. The database gives up the one that has written less: the other has written a lot.
 */
async function crosswise<Result>(victim: () => Promise<Result>) {
  return database.transaction().execute(async (other) => {
    const rows = Array.from({ length: 200 }, (_, id) => ({ id }))
    await other.deleteFrom('weight').execute()
    await other.insertInto('weight').values(rows).execute()
    await failSecond(other)
    await untilWaiting(0)
    const settled = Promise.allSettled([victim()])
    await untilWaiting(1)
    await failFirst(other)
    return { settled }
  })
}

/** Asked seldom: the database looks anew only after 100 ms without a reader, and says until then what it said before. */
const untilWaiting = (sessions: number) =>
  vi.waitFor(async () => expect(await waiting()).toBe(sessions), { timeout: 20_000, interval: 250 })

/** How many wait for a lock in this database. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ sessions: number | string }>`SELECT COUNT(*) AS sessions
    FROM information_schema.innodb_trx AS trx JOIN information_schema.processlist AS session
      ON session.id = trx.trx_mysql_thread_id
    WHERE trx.trx_state = 'LOCK WAIT' AND session.db = DATABASE()`.execute(database)
  return Number(rows[0]?.sessions)
}

describe('what the database gives up for the sake of another transaction', () => {
  it('is done again where it is a statement that stands for itself', async () => {
    const { settled } = await crosswise(() => failBoth(database))
    expect(await settled).toMatchObject([{ status: 'fulfilled' }])
    expect(await failuresNow()).toEqual([2, 2])
  })

  it('is told to whoever began the transaction, so that no half of it is kept', async () => {
    const { settled } = await crosswise(() =>
      database.transaction().execute(async (tx) => {
        await failFirst(tx)
        await failSecond(tx)
      }),
    )
    expect(await settled).toMatchObject([{ status: 'rejected', reason: { code: 'ER_LOCK_DEADLOCK' } }])
    expect(await failuresNow()).toEqual([1, 1])
    expect(await failBoth(database).then(failuresNow)).toEqual([2, 2])
  })

  it('is done again from its beginning where it is a transaction that may be', async () => {
    let runs = 0
    const { settled } = await crosswise(() =>
      inTransaction(database, async (tx) => {
        runs += 1
        await failFirst(tx)
        await failSecond(tx)
      }),
    )
    expect(await settled).toMatchObject([{ status: 'fulfilled' }])
    expect(runs).toBe(2)
    expect(await failuresNow()).toEqual([2, 2])
  })

  it('is done again where an owner goes with all endpoints', async () => {
    const { settled } = await crosswise(() => eraseEndpoints(webhook, owner))
    expect(await settled).toEqual([{ status: 'fulfilled', value: true }])
    expect(await deleteEndpoint(webhook, 'all', first)).toBe(false)
  })
})
