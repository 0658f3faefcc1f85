import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

let system: System
let database: mysql.Connection
let customer: Person
let sku: string
const orders: string[] = []
beforeAll(async () => {
  system = await startOwnSystem()
  const { DATABASE_URL = '', DATABASE_PREFIX = '' } = system.env
  database = await mysql.createConnection(DATABASE_URL)
  await database.changeUser({ database: `${DATABASE_PREFIX}orders` })
  sku = await newProduct(await signInAdmin(system.apiUrl), 1_000)
  customer = await register(system.apiUrl)
  for (let placed = 0; placed < 6; placed += 1) orders.push((await customer.place({ sku })).body.id)
  await Promise.all(orders.map((id) => customer.until(id, 'delivered')))
})
afterAll(async () => {
  await database.end()
  await system.stop()
})

type Report = {
  readonly events: number
  readonly differences: readonly { readonly table: string; readonly key: string; readonly kind: string }[]
}

async function rebuild(...args: readonly string[]): Promise<Report & { readonly code: number }> {
  const program = 'dist/workers/projection/rebuild/main.js'
  const env = { ...process.env, ...system.env }
  const run = promisify(execFile)(process.execPath, [program, '--json', ...args], { env })
  const { stdout, code } = await run.then(
    (done) => ({ stdout: done.stdout, code: 0 }),
    (error: { readonly stdout: string; readonly code: number }) => error,
  )
  return { ...(JSON.parse(stdout) as Report), code }
}

const row = async (sql: string, ...values: readonly string[]): Promise<unknown> => {
  const [rows] = await database.query<mysql.RowDataPacket[]>(sql, [...values])
  return rows[0]
}

/** Everything that a wrong projection could have left, each on an order of its own. */
async function damage(): Promise<Report['differences']> {
  const [wrong = '', gone = '', old = '', silent = '', ...rest] = orders
  const ghost = '99999999-9999-4999-8999-999999999999'
  await database.query("UPDATE orders SET status = 'rejected' WHERE id = ?", [wrong])
  await database.query('DELETE FROM orders WHERE id = ?', [gone])
  await database.query("UPDATE orders SET version = 2, status = 'processing' WHERE id = ?", [old])
  await database.query('DELETE FROM order_event WHERE order_id = ? AND sequence = 3', [silent])
  await database.query(
    'INSERT INTO order_event SELECT ?, sequence, type, occurred_at, data, traceparent FROM order_event WHERE order_id = ? AND sequence = 1',
    [ghost, rest[0]],
  )
  return [
    { table: 'order_event', key: `${ghost}:1`, kind: 'unexplained' },
    { table: 'order_event', key: `${silent}:3`, kind: 'missing' },
    { table: 'orders', key: gone, kind: 'missing' },
    { table: 'orders', key: old, kind: 'behind' },
    { table: 'orders', key: wrong, kind: 'different' },
  ]
}

const sorted = (differences: Report['differences']) =>
  differences.toSorted((a, b) => `${a.table}${a.kind}`.localeCompare(`${b.table}${b.kind}`))

describe('the read model, folded anew', () => {
  it('is what it was where nothing went wrong, and says so', async () => {
    expect(await rebuild('--dry-run')).toMatchObject({ differences: [], code: 0, events: 6 * 9 })
  })

  it('names each row that is not what the topic says, and changes nothing in a dry run', async () => {
    const damaged = await damage()
    for (let run = 0; run < 2; run += 1) {
      const { differences, code } = await rebuild('--dry-run')
      expect(sorted(differences)).toEqual(sorted(damaged))
      expect(code).toBe(1)
    }
  })

  it('replaces the wrong one while orders are read and placed, and none of these is lost', async () => {
    const readable = new AbortController()
    const failures: unknown[] = []
    const reading = (async () => {
      while (!readable.signal.aborted) {
        const { status } = await customer.call('GET', '/v1/orders?limit=5')
        if (status !== 200) failures.push(status)
      }
    })()
    const placing = (async () => {
      const placed: string[] = []
      while (!readable.signal.aborted) placed.push((await customer.place({ sku })).body.id)
      return placed
    })()
    const { differences } = await rebuild()
    readable.abort()
    await reading
    const placed = await placing
    expect(failures).toEqual([])
    expect(differences).toHaveLength(5)
    await Promise.all(placed.map((id) => customer.until(id, 'delivered')))
    expect((await customer.order(orders[0] ?? '')).status).toBe('delivered')
    expect(await rebuild('--dry-run')).toMatchObject({ differences: [] })
  })

  it('mends the orders of a time alone', async () => {
    const { body } = await customer.place({ sku })
    await customer.until(body.id, 'delivered')
    const from = String(((await row('SELECT placed_at AS at FROM orders WHERE id = ?', body.id)) as { at: string }).at)
    await database.query("UPDATE orders SET status = 'rejected' WHERE id IN (?, ?)", [body.id, orders[0]])
    const { differences } = await rebuild('--from', new Date(new Date(from).getTime()).toISOString())
    expect(differences).toEqual([{ table: 'orders', key: body.id, kind: 'different' }])
    expect((await customer.order(body.id)).status).toBe('delivered')
    expect((await customer.order(orders[0] ?? '')).status).toBe('rejected') // of another time
    await rebuild()
    expect((await customer.order(orders[0] ?? '')).status).toBe('delivered')
  })

  it('is not begun for a time that is none', async () => {
    const run = promisify(execFile)(process.execPath, ['dist/workers/projection/rebuild/main.js', '--from', 'noon'], {
      env: { ...process.env, ...system.env },
    })
    await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('noon is no time') as string })
  })
})
