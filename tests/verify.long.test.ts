import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runIfDue } from '../api/checks/runs.ts'
import type { IdentityTables } from '../api/identity/tables.ts'
import { connectKafka, type Kafka } from '../events/kafka.ts'
import { ordersTopic } from '../events/topics.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { type DatabaseName, openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'
import { returnsWorkflowId } from '../workflows/messages.ts'
import { startOwnSystem } from './support/own-system.ts'
import { rowsOf } from './support/poison.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'
import { publish, publishAgain } from './support/topic.ts'
import { runVerify, startPlacing, verify } from './support/verify.ts'

let system: System
let config: Config
let kafka: Kafka
let connection: Connection
let admin: Person
let customer: Person
let sku: string
const ids = { delivered: [] as string[], waiting: [] as string[], cancelled: '', declined: '', returned: '' }

beforeAll(async () => {
  // what is dear waits for an approval, so some orders stay open
  system = await startOwnSystem({ APPROVAL_ABOVE_MINOR: '50000', RETURN_APPROVED_UP_TO_MINOR: '5000' }, roles)
  config = readConfig(system.env)
  kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
  connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
  sku = await newProduct(admin, 100)
  const place = async (wish: { readonly quantity?: number; readonly paymentMethod?: string } = {}) =>
    (await customer.place({ sku, ...wish })).body.id
  ids.delivered = await Promise.all(Array.from({ length: 9 }, () => place()))
  ids.waiting = await Promise.all([place({ quantity: 60 }), place({ quantity: 60 })])
  ids.declined = await place({ paymentMethod: 'pm_card_visa_chargeDeclined' })
  ids.returned = await place()
  ids.cancelled = await place({ quantity: 60 })
  await Promise.all([ids.returned, ...ids.delivered].map((id) => customer.until(id, 'delivered')))
  await customer.until(ids.declined, 'rejected')
  expect((await customer.call('POST', `/v1/orders/${ids.cancelled}/cancellation`, {})).status).toBe(202)
  await customer.until(ids.cancelled, 'cancelled')
  await giveBack(ids.returned)
})
afterAll(async () => {
  await connection.close()
  await system.stop()
})

async function giveBack(id: string): Promise<void> {
  const path = `/v1/orders/${id}/returns`
  const asked = await customer.call('POST', path, { lines: [{ sku, quantity: 1 }], reason: 'It leaks' })
  expect(asked.status).toBe(201)
  expect((await admin.call('POST', `/v1/admin/orders/${id}/returns/1/receipt`, {})).status).toBe(202)
  await vi.waitFor(
    async () => expect((await customer.call(`GET`, `${path}/1`)).body).toMatchObject({ status: 'completed' }),
    { timeout: 30_000 },
  )
}

const run = (name: DatabaseName, statement: string) => rowsOf(config, name, statement)

describe('a system in which nothing went wrong', () => {
  it('has no finding, with orders that ended in every way and some under way', async () => {
    // what is excused for a minute has to be right all the same
    const older = 'UPDATE answer SET answered_at = answered_at - INTERVAL 2 DAY'
    await Promise.all((['stock', 'payment', 'shipping'] as const).map((name) => run(name, older)))
    const { code, findings, looked } = await verify(system)
    expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([])
    expect(code).toBe(0)
    expect(looked).toMatchObject({ endings: 12, accepted: 14, workflows: 2, undone: 14, paths: 14, captures: 11 })
    expect(looked['answers']).toBeGreaterThan(14 * 3)
  })
})

type Checks = { readonly last: { readonly outcome: string; readonly invariants: readonly unknown[] } | null }

describe('a check by itself', () => {
  it('is run where that is set, while orders come in, and staff and the metrics tell what it said', async () => {
    const checks = async () => (await admin.call<Checks>('GET', '/v1/admin/checks')).body
    expect(await checks()).toEqual({ last: null, underWay: false })
    const env = { VERIFY_EVERY_MINUTES: '60' }
    const placing = startPlacing(customer, newProduct(admin, 500))
    const other = await system.start('api', 'api-2', env)
    await vi.waitFor(async () => expect((await checks()).last).not.toBeNull(), { timeout: 60_000, interval: 500 })
    await Promise.all([placing.stop(), other.stop()])
    const { last } = await checks()
    expect(last).toMatchObject({ outcome: 'clean' })
    expect(last?.invariants).toContainEqual(expect.objectContaining({ name: 'stock', count: 0, findings: [] }))
    const metrics = await (await fetch(`${system.apiUrl}/metrics`)).text()
    expect(metrics).toContain('holdfast_check_findings{invariant="dead letters"} 0')
    expect((await customer.call('GET', '/v1/admin/checks')).status).toBe(403)
  })

  it('is run when an admin asks for it, one at a time', async () => {
    type Told = Checks & { readonly underWay: boolean }
    const checks = async () => (await admin.call<Told>('GET', '/v1/admin/checks')).body
    const ask = () => admin.call<{ readonly started: boolean }>('POST', '/v1/admin/checks')
    const before = JSON.stringify((await checks()).last)
    const both = await Promise.all([ask(), ask()])
    expect(both.map(({ status }) => status)).toEqual([202, 202])
    expect(both.filter(({ body }) => body.started)).toHaveLength(1)
    expect((await checks()).underWay).toBe(true)
    await vi.waitFor(async () => expect((await checks()).underWay).toBe(false), { timeout: 60_000, interval: 500 })
    const { last } = await checks()
    expect(JSON.stringify(last)).not.toBe(before)
    expect(last).toMatchObject({ outcome: 'clean' })
    expect((await customer.call('POST', '/v1/admin/checks')).status).toBe(403)
  })

  it('is run by one process at a time, and when it is due', async () => {
    const identity = openDatabase<IdentityTables>(config, 'identity', 2)
    const said = { outcome: 'clean' as const, kept: { invariants: [] } }
    const unexpected = () => Promise.reject(new Error('another one runs'))
    expect(await runIfDue(identity, 3600_000, unexpected)).toBe(false)
    const ran = await runIfDue(identity, 0, async () => {
      expect(await runIfDue(identity, 0, unexpected)).toBe(false)
      return said
    })
    expect(ran).toBe(true)
    await identity.destroy()
  })
})

/** One error for each invariant, each on an order of its own. @returns who has to be named under which. */
async function plant(): Promise<Readonly<Record<string, string>>> {
  const [
    unbalanced = '',
    twice = '',
    book = '',
    released = '',
    changed = '',
    path = '',
    row = '',
    poison = '',
    back = '',
  ] = ids.delivered
  const [gone = '', late = ''] = ids.waiting
  const other = await newProduct(admin, 10)
  const third = await newProduct(admin, 10)
  await run('stock', `UPDATE stock_level SET available = available + 1 WHERE sku = '${other}'`)
  await run('stock', `INSERT INTO reservation_line SELECT order_id, step, '${third}', 3 FROM reservation LIMIT 1`)
  await run(
    'stock',
    `UPDATE reservation SET state = 'held' WHERE order_id = (SELECT order_id FROM reservation_line WHERE sku = '${third}')`,
  )
  await run(
    'payment',
    `UPDATE ledger SET amount_minor = amount_minor + 1 WHERE order_id = '${unbalanced}' AND account = 'sales'`,
  )
  await run(
    'payment',
    `INSERT INTO ledger (order_id, movement, account, step, amount_minor, currency)
      SELECT order_id, 'again:capture', account, step, amount_minor, currency FROM ledger
      WHERE order_id = '${twice}' AND movement = 'payment:capture'`,
  )
  await run('payment', `UPDATE simulated_payment SET state = 'authorized' WHERE \`key\` LIKE '${book}:%'`)
  await run('stock', `UPDATE reservation SET state = 'released' WHERE order_id = '${released}'`)
  await new Client({ connection }).workflow.getHandle(gone).terminate('planted')
  await run(
    'orders',
    `UPDATE order_event SET data = JSON_SET(data, '$.asks[0].deadlineAt', '2020-01-01T00:00:00.000Z')
      WHERE order_id = '${late}' AND sequence = 1`,
  )
  await run(
    'orders',
    `UPDATE order_event SET data = JSON_SET(data, '$.outcome', 'stuck')
      WHERE order_id = '${ids.declined}' AND type = 'order.stock_released'`,
  )
  await publishAgain(kafka, ordersTopic(config), changed)
  await run(
    'orders',
    `UPDATE order_event SET data = JSON_SET(data, '$.status', 'placed') WHERE order_id = '${path}' AND sequence = 4`,
  )
  await run('orders', `UPDATE orders SET needs_attention = 1 WHERE id = '${row}'`)
  await publish(kafka, ordersTopic(config), { key: poison, value: Buffer.from('not json') })
  const columns = 'order_id, step, action, round, body, answered_at'
  const never = `'${ids.returned}', 'stock', 'compensate', 7, '{}', '2020-01-01'`
  await run('stock', `INSERT INTO answer (${columns}) VALUES (${never})`)
  await loseReturn(back)
  const lost = await loseAccepted()
  return {
    stock: other,
    reservations: third,
    ledger: unbalanced,
    captures: twice,
    provider: book,
    endings: released,
    accepted: lost,
    workflows: gone,
    returns: back,
    deadlines: late,
    undone: ids.declined,
    answers: ids.returned,
    events: changed,
    paths: path,
    projection: row,
    'dead letters': poison,
    lag: 'projection',
  }
}

/** Goods are on their way back, and the workflow that waits for them is ended. */
async function loseReturn(id: string): Promise<void> {
  const wish = { lines: [{ sku, quantity: 1 }], reason: 'It leaks' }
  expect((await customer.call('POST', `/v1/orders/${id}/returns`, wish)).status).toBe(201)
  const rows = () => run('orders', `SELECT status FROM order_return WHERE order_id = '${id}'`)
  await vi.waitFor(async () => expect(await rows()).toEqual([{ status: 'approved' }]), { timeout: 30_000 })
  await new Client({ connection }).workflow.getHandle(returnsWorkflowId(id)).terminate('planted')
}

/** Accepted, but its workflow is ended before it could say so; and the projection is stopped. */
async function loseAccepted(): Promise<string> {
  await vi.waitFor(
    async () => {
      const letters = await rowsOf<{ count: number }>(
        config,
        'orders',
        "SELECT COUNT(*) AS count FROM dead_letter WHERE consumer_group = 'projection'",
      )
      expect(Number(letters[0]?.count)).toBe(1)
    },
    { timeout: 30_000 },
  )
  await system.process('projection').stop()
  await system.process('temporal').stop()
  const { body, status } = await customer.place({ sku })
  expect(status).toBe(201)
  await new Client({ connection }).workflow.getHandle(body.id).terminate('planted')
  return body.id
}

describe('an error that was planted', () => {
  it('is found, one for each invariant, and its order is named', async () => {
    const planted = await plant()
    const { code, findings } = await verify(system)
    expect(code).toBe(1)
    const named = Object.fromEntries(
      Object.entries(planted).map(([name, who]) => [
        name,
        findings[name]?.some(({ subject, orderId }) => subject === who || orderId === who) ? who : findings[name],
      ]),
    )
    expect(named).toEqual(planted)
    expect(Object.keys(findings).toSorted()).toEqual(Object.keys(planted).toSorted())
  })

  it('is told of one order alone, with what to do', async () => {
    const [unbalanced = ''] = ids.delivered
    const { code, stdout } = await runVerify({ ...process.env, ...system.env }, '--order', unbalanced)
    expect(code).toBe(1)
    expect(stdout).toContain(`ledger: ${unbalanced}\n  is:     payment:capture: does not sum up to 0\n  repair: `)
    expect(stdout).not.toContain(ids.declined)
  })
})

describe('a part that can not be asked', () => {
  it('is named, with what to do, and is no finding', async () => {
    const env = { ...process.env, ...system.env, KAFKA_BROKERS: '127.0.0.1:1' }
    const { code, stderr } = await runVerify(env)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Kafka at 127\.0\.0\.1:1 can't be reached: .* KAFKA_BROKERS=/)
  })
})
