import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { money } from '../domain/money.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { isSigned } from '../platform/signature.ts'
import { checkPayments } from '../workers/payment/check.ts'
import { makeSimulator } from '../workers/payment/providers/simulator.ts'
import { startSimulatorWebhooks } from '../workers/payment/providers/simulator-webhooks.ts'
import { paymentMigrations, type PaymentTables } from '../workers/payment/tables.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<PaymentTables>(config, 'payment')
const simulator = makeSimulator(database, 10)
const signal = AbortSignal.timeout(60_000)

const earlier = Object.entries(paymentMigrations).filter(([name]) => name < '0003')
beforeAll(() => migrate(config, 'payment', Object.fromEntries(earlier)))
afterAll(() => database.destroy())

it('payments that were there before the ledger have their entries in it', async () => {
  for (const state of ['authorized', 'captured', 'declined', 'voided']) {
    await sql`INSERT INTO payment (order_id, step, state, provider, amount_minor, currency)
      VALUES (${randomUUID()}, 'payment', ${state}, 'simulator', 1000, 'EUR')`.execute(database)
  }
  await migrate(config, 'payment', paymentMigrations)
  expect(await checkPayments(database)).toEqual([])
  const rows = await database
    .selectFrom('payment')
    .select(['state', 'captured_minor', 'round'])
    .orderBy('state')
    .execute()
  expect(rows.map((row) => [row.state, row.captured_minor, row.round])).toEqual([
    ['authorized', 0, 1],
    ['captured', 1_000, 1],
    ['declined', 0, 1],
    ['voided', 0, 1],
  ])
  expect(await database.selectFrom('ledger').select('account').execute()).toHaveLength(8)
})

function aPayment(method: string) {
  const id = randomUUID()
  const authorizeKey = `${id}:payment:perform:1`
  const request = { amount: money(1_000, 'EUR'), method, orderId: id }
  return {
    authorizeKey,
    authorize: () => simulator.authorize(authorizeKey, request, AbortSignal.timeout(300)),
    capture: () => simulator.capture({ authorizeKey, key: `${id}:payment:capture:1`, amount: request.amount }, signal),
    void: () => simulator.void({ authorizeKey, key: `${id}:payment:compensate:1` }, signal),
    refund: (name: string, amount: number) =>
      simulator.refund({ authorizeKey, key: `${id}:${name}:refund:1`, amount: money(amount, 'EUR') }, signal),
  }
}

describe('the simulator', () => {
  it('plays an outage for two calls, and a timeout for one, under the same key', async () => {
    const outage = aPayment('pm_sim_outage')
    await expect(outage.authorize()).rejects.toThrow('outage')
    await expect(outage.authorize()).rejects.toThrow('outage')
    expect((await outage.authorize()).state).toBe('authorized')
    const timeout = aPayment('pm_sim_timeoutThenCharged')
    await expect(timeout.authorize()).rejects.toThrow('no answer in time')
    expect((await simulator.lookUp(timeout.authorizeKey, signal))?.state).toBe('authorized')
    expect((await timeout.authorize()).state).toBe('authorized')
  })

  it('refunds in parts, each once, never more than the payment', async () => {
    const payment = aPayment('pm_card_visa')
    await payment.authorize()
    expect((await payment.refund('return-1', 1)).state).toBe('refused')
    await payment.capture()
    expect((await payment.refund('return-2', 600)).state).toBe('refunded')
    expect((await payment.refund('return-2', 600)).state).toBe('refunded')
    expect((await payment.refund('return-3', 401)).state).toBe('refused')
    expect((await payment.refund('return-4', 400)).state).toBe('refunded')
    expect((await payment.void()).state).toBe('refused')
  })

  it('refuses refunds, or takes its time with them, as the method says', async () => {
    const fails = aPayment('pm_sim_refundFails')
    await fails.authorize()
    await fails.capture()
    expect(await fails.refund('return-1', 100)).toMatchObject({ state: 'refused', code: 'refund_failed' })
    const slow = aPayment('pm_sim_refundPending')
    await slow.authorize()
    await slow.capture()
    expect((await slow.refund('return-1', 100)).state).toBe('pending')
    await vi.waitFor(async () => expect((await slow.refund('return-1', 100)).state).toBe('refunded'), 5_000)
  })

  it('authorizes nothing any more under a voided key, whether it ever had or was at it', async () => {
    const [never, held, pending] = [aPayment('pm_card_visa'), aPayment('pm_card_visa'), aPayment('pm_sim_webhook')]
    await held.authorize()
    expect((await pending.authorize()).state).toBe('pending')
    for (const payment of [never, held, pending]) {
      expect((await payment.void()).state).toBe('voided')
      expect(await payment.authorize()).toMatchObject({ state: 'declined', code: 'voided' })
    }
  })

  it('sends its webhooks, signed, until they are taken', async () => {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        if (isSigned('s3cret', body, request.headers['webhook-signature']?.toString())) bodies.push(body)
        response.writeHead(bodies.length < 3 ? 503 : 202).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await database.deleteFrom('simulated_webhook').execute()
    const payment = aPayment('pm_sim_webhookDeclined')
    await payment.authorize()
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
    const stop = startSimulatorWebhooks({ book: database, log, baseUrl, secret: 's3cret' })
    await vi.waitFor(
      async () => {
        const rows = await database.selectFrom('simulated_webhook').select('sent_at').execute()
        expect(rows.map(({ sent_at }) => sent_at === null)).toEqual([false])
      },
      { timeout: 15_000, interval: 100 },
    )
    await stop()
    server.close()
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies).size).toBe(1)
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      type: 'payment.declined',
      data: { key: payment.authorizeKey, orderId: payment.authorizeKey.slice(0, 36) },
    })
    expect(await payment.authorize()).toMatchObject({ state: 'declined', code: 'card_declined' })
  })
})
