import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { money } from '../domain/money.ts'
import type { Order } from '../domain/order.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { NotYet } from '../workers/participant/runner.ts'
import type { Task } from '../workers/participant/tasks.ts'
import { checkPayments } from '../workers/payment/check.ts'
import type { PaymentProvider } from '../workers/payment/provider.ts'
import { makePaymentRun } from '../workers/payment/run.ts'
import { readStatement } from '../workers/payment/statement.ts'
import { paymentMigrations, type PaymentTables } from '../workers/payment/tables.ts'
import { anOrder } from './support/neighbours.ts'
import { type Fate, makeScriptedProvider } from './support/scripted-provider.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<PaymentTables>(config, 'payment')
beforeAll(() => migrate(config, 'payment', paymentMigrations))
afterAll(() => database.destroy())

const total = 1_000
type Work = Partial<Task> & Pick<Task, 'action'>

function begin(provider: PaymentProvider) {
  const run = makePaymentRun(database, provider)
  const order: Order = { ...anOrder(), id: orderId(randomUUID()), total: money(total, 'EUR') }
  /** One attempt, as the runner makes it: what was answered is stored, what was thrown is not known. */
  async function attempt(work: Work) {
    const task = { orderId: order.id, step: 'payment', round: 1, fence: 1, undoWaits: false, order, ask: null, ...work }
    const { answer, effect } = await run(task, AbortSignal.timeout(5_000))
    await database.transaction().execute(async (tx) => effect?.(tx))
    return answer
  }
  const refundTask = (name: string, amountMinor: number, round = 1): Work => {
    const ask = { step: name, participant: 'payment', action: 'refund', round, attempt: 1, deadlineAt: '' } as const
    return { action: 'refund', step: name, round, ask: { ...ask, amount: money(amountMinor, 'EUR') } }
  }
  const perform = (paymentMethod: string, round = 1): Work => ({
    action: 'perform',
    round,
    order: { ...order, paymentMethod },
  })
  return { order, attempt, refundTask, perform }
}

const fates = fc.array(fc.constantFrom<Fate>('neverSent', 'lostAnswer'), { maxLength: 2 })
const round = fc.integer({ min: 1, max: 3 })
const command = fc.oneof(
  fc.record({
    kind: fc.constant('perform' as const),
    round,
    method: fc.constantFrom('pm_good', 'pm_declined'),
    undoWaits: fc.boolean(),
    fates,
  }),
  fc.record({ kind: fc.constant('compensate' as const), fates }),
  fc.record({ kind: fc.constant('capture' as const), round, refuses: fc.boolean(), fates }),
  fc.record({
    kind: fc.constant('refund' as const),
    name: fc.constantFrom('return-1', 'return-2', 'return-3'),
    round,
    amount: fc.integer({ min: 1, max: total + 1 }),
    refuses: fc.boolean(),
    fates,
  }),
)
type Command = (typeof command extends fc.Arbitrary<infer One> ? One : never) & { readonly fates: readonly Fate[] }

type Model = {
  state: 'none' | 'declined' | 'authorized' | 'captured' | 'voided'
  round: number
  refunds: Map<string, { done: boolean; round: number; amount: number }>
}

const refundedIn = ({ refunds }: Model) =>
  [...refunds.values()].reduce((sum, { done, amount }) => sum + (done ? amount : 0), 0)

/** What a payment is, in a few lines without a database. @returns the outcome that is to be answered. */
function apply(model: Model, one: Command): string {
  switch (one.kind) {
    case 'perform': {
      if (model.state === 'voided') return 'rejected already_undone'
      if (model.state === 'authorized' || model.state === 'captured') return 'completed'
      if (model.state === 'declined' && model.round >= one.round) return 'rejected superseded'
      if (one.undoWaits && !one.fates.includes('lostAnswer')) return 'rejected not_authorized'
      Object.assign(model, { state: one.method === 'pm_good' ? 'authorized' : 'declined', round: one.round })
      return one.method === 'pm_good' ? 'completed' : 'rejected card_declined'
    }
    case 'compensate':
      if (model.state === 'captured') return 'undoRefused already_captured'
      model.state = 'voided'
      return 'completed'
    case 'capture':
      if (model.state === 'captured') return 'completed'
      if (model.state !== 'authorized') return 'rejected not_authorized'
      if (one.refuses) return 'rejected capture_failed'
      model.state = 'captured'
      return 'completed'
    case 'refund': {
      const before = model.refunds.get(one.name)
      if (model.state !== 'captured') return 'rejected not_captured'
      if (before?.done) return 'completed'
      if (before && before.round >= one.round) return 'rejected refund_refused'
      if (refundedIn(model) + one.amount > total) return 'rejected refund_above_captured'
      model.refunds.set(one.name, { done: !one.refuses, round: one.round, amount: one.amount })
      return one.refuses ? 'rejected refund_failed' : 'completed'
    }
  }
}

/** As the runner: again and again until the outcome is known. An undo that waits comes at the last attempt. */
async function untilKnown(attempt: (last: boolean) => Promise<string>, tries: number): Promise<string> {
  for (let left = tries; ; left -= 1) {
    try {
      return await attempt(left === 0)
    } catch (error) {
      if (left === 0 || error instanceof NotYet) throw error
    }
  }
}

describe('a payment', () => {
  it('does what the model says, whatever is asked in whatever order and whichever calls are lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
        const { provider, seen, script, holds, refunded } = makeScriptedProvider()
        const { order, attempt, refundTask, perform } = begin(provider)
        const model: Model = { state: 'none', round: 1, refunds: new Map() }
        for (const one of commands as readonly Command[]) {
          script(one.fates, 'refuses' in one && one.refuses)
          const answered = await untilKnown(async (last) => {
            const answer = await attempt(
              one.kind === 'refund'
                ? refundTask(one.name, one.amount, one.round)
                : one.kind === 'perform'
                  ? { ...perform(one.method, one.round), undoWaits: one.undoWaits && last }
                  : { action: one.kind, round: one.kind === 'capture' ? one.round : model.round },
            )
            return [answer?.outcome, answer?.reason?.code].filter(Boolean).join(' ')
          }, one.fates.length)
          expect(answered).toBe(apply(model, one))
        }
        const { payments } = await readStatement(database, order.id)
        expect(payments.map(({ state }) => state as string)).toEqual(model.state === 'none' ? [] : [model.state])
        expect(payments[0]?.refunded.amountMinor ?? 0).toBe(refundedIn(model))
        expect([refunded(), holds()]).toEqual([refundedIn(model), model.state === 'authorized' ? 1 : 0])
        expect(seen.captures).toBe(model.state === 'captured' ? 1 : 0)
      }),
      { numRuns: 150 },
    )
    expect(await checkPayments(database)).toEqual([])
  })

  it('is refunded up to what was captured, by however many at once', async () => {
    const { provider, refunded } = makeScriptedProvider()
    const { order, attempt, refundTask, perform } = begin(provider)
    await attempt(perform('pm_good'))
    await attempt({ action: 'capture' })
    const asked = Array.from({ length: 8 }, (_, at) => attempt(refundTask(`return-${at}`, 300)))
    const outcomes = (await Promise.all(asked)).map((answer) => answer?.reason?.code ?? answer?.outcome ?? 'none')
    expect(outcomes.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'completed'),
      ...Array.from({ length: 5 }, () => 'refund_above_captured'),
    ])
    expect(refunded()).toBe(900)
    const last = await attempt(refundTask('return-last', 100))
    expect(last?.payment).toEqual({ status: 'refunded', refunded: money(1_000, 'EUR') })
    expect(
      (await readStatement(database, order.id)).balances.find(({ account }) => account === 'provider')?.amount,
    ).toEqual(money(0, 'EUR'))
    expect(await checkPayments(database)).toEqual([])
  })

  it('that is pending stays open, and a timeout is no decline', async () => {
    const { provider } = makeScriptedProvider()
    const pending = begin({ ...provider, authorize: () => Promise.resolve({ state: 'pending' }) })
    await expect(pending.attempt(pending.perform('pm_good'))).rejects.toThrow(NotYet)
    const silent = begin({ ...provider, authorize: () => Promise.reject(new Error('no answer in time')) })
    await expect(silent.attempt(silent.perform('pm_good'))).rejects.toThrow('no answer in time')
    expect((await readStatement(database, silent.order.id)).payments).toEqual([])
  })

  it('that contradicts its ledger is found, and so is a movement that is not balanced', async () => {
    const { provider } = makeScriptedProvider()
    const { order, attempt, perform } = begin(provider)
    await attempt(perform('pm_good'))
    const row = { order_id: order.id, step: 'payment', movement: 'payment:bad', account: 'sales', currency: 'EUR' }
    await database
      .insertInto('ledger')
      .values({ ...row, amount_minor: 1 })
      .execute()
    expect((await checkPayments(database)).map(({ rule }) => rule).toSorted()).toEqual([
      'movementUnbalanced',
      'paymentAndLedgerDiffer',
    ])
    await database.deleteFrom('ledger').where('order_id', '=', order.id).execute()
    expect((await checkPayments(database)).map(({ rule }) => rule)).toEqual(['paymentAndLedgerDiffer'])
    const tooMuch = database.updateTable('payment').set({ refunded_minor: 1 }).where('order_id', '=', order.id)
    await expect(tooMuch.execute()).rejects.toThrow(/payment_sums/)
    await database.deleteFrom('payment').where('order_id', '=', order.id).execute()
  })
})
