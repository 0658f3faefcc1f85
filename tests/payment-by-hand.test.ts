import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { money } from '../domain/money.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { rememberDoneByHand } from '../workers/payment/by-hand.ts'
import { checkPayments } from '../workers/payment/check.ts'
import { makePaymentRun } from '../workers/payment/run.ts'
import { readStatement } from '../workers/payment/statement.ts'
import { paymentMigrations, type PaymentTables } from '../workers/payment/tables.ts'
import { anOrder } from './support/neighbours.ts'
import { makeScriptedProvider } from './support/scripted-provider.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<PaymentTables>(config, 'payment')
beforeAll(() => migrate(config, 'payment', paymentMigrations))
afterAll(() => database.destroy())

type Action = 'perform' | 'capture' | 'compensate'

/** What the provider did, then what an admin did without it. */
async function after(done: readonly Action[], byHand: readonly Action[]) {
  const { provider, holds, script } = makeScriptedProvider()
  const run = makePaymentRun(database, provider)
  const order = { ...anOrder(), id: orderId(randomUUID()), total: money(1_000, 'EUR') }
  const about = { orderId: order.id, step: 'payment', order }
  const ask = async (action: Action, round = 1) => {
    const task = { ...about, action, round, fence: 1, undoWaits: false, ask: null }
    const { answer, effect } = await run(task, AbortSignal.timeout(5_000))
    await database.transaction().execute(async (tx) => effect?.(tx))
    return answer
  }
  for (const action of done) await ask(action)
  const told = []
  for (const action of byHand) {
    told.push(await database.transaction().execute((tx) => rememberDoneByHand(tx, { ...about, action })))
  }
  const { payments, balances } = await readStatement(database, order.id)
  const accounts = Object.fromEntries(balances.map(({ account, amount }) => [account, amount.amountMinor]))
  return { ask, script, holds, told: told.at(-1)?.payment?.['status'], state: payments[0]?.state, accounts }
}

it.each<[string, Action[], Action[], object]>([
  ['an undo, before anything was known', [], ['compensate'], { told: 'voided', state: 'voided', accounts: {} }],
  ['an undo, said twice', [], ['compensate', 'compensate'], { told: 'voided', state: 'voided', accounts: {} }],
  [
    'an undo of what is held',
    ['perform'],
    ['compensate'],
    { told: 'voided', state: 'voided', accounts: { hold: 0, customer: 0 } },
  ],
  [
    'a capture',
    ['perform'],
    ['capture', 'capture'],
    { told: 'captured', state: 'captured', accounts: { hold: 0, provider: 1_000, sales: -1_000 } },
  ],
  [
    'an undo of what was captured, which is a refund',
    ['perform', 'capture'],
    ['compensate', 'compensate'],
    { told: 'refunded', state: 'captured', accounts: { provider: 0, sales: -1_000, refunds: 1_000 } },
  ],
])('done by hand: %s', async (_, done, byHand, expected) => {
  expect(await after(done, byHand)).toMatchObject(expected)
  expect(await checkPayments(database)).toEqual([])
})

it('nothing is authorized after an undo by hand', async () => {
  const { ask, holds } = await after([], ['compensate'])
  expect((await ask('perform'))?.reason?.code).toBe('already_undone')
  expect(holds()).toBe(0)
})

it('an undo asked in a later round than what it undoes frees every round that may hold something', async () => {
  const { ask, holds, script } = await after([], [])
  script(['lostAnswer'])
  await expect(ask('perform')).rejects.toThrow()
  expect(holds()).toBe(1)
  expect((await ask('compensate', 3))?.outcome).toBe('completed')
  expect(holds()).toBe(0)
})
