import type { Kysely, Transaction } from 'kysely'
import { type Done, withSignal } from '../participant/runner.ts'
import { type Task, taskKey } from '../participant/tasks.ts'
import type { Authorization, PaymentProvider } from './provider.ts'
import type { PaymentState, PaymentTables } from './tables.ts'

type Outcome = Done<PaymentTables>

/** What payment does for each action. Money moves under keys made of order, step, action and round. */
export function makePaymentRun(database: Kysely<PaymentTables>, provider: PaymentProvider) {
  const performKey = (task: Task) => taskKey({ ...task, action: 'perform', round: 1 })

  const current = (task: Task) =>
    database
      .selectFrom('payment')
      .select(['state', 'provider_reference as reference'])
      .where('order_id', '=', task.orderId)
      .where('step', '=', task.step)
      .executeTakeFirst()

  async function authorize(task: Task, signal: AbortSignal): Promise<Outcome> {
    const before = await current(task)
    if (before?.state === 'voided') return rejected('already_undone', 'The payment was undone before')
    const request = { amount: task.order.total, method: task.order.paymentMethod, orderId: task.orderId }
    const result = task.undoWaits
      ? await provider.lookUp(performKey(task), signal)
      : await provider.authorize(performKey(task), request, signal)
    if (result === undefined) return rejected('not_authorized', 'The provider has never heard of this payment')
    return {
      answer: answerTo(task, result),
      effect: (tx) => insertPayment(tx, task, result.state, result.state === 'authorized' ? result.reference : null),
    }
  }

  function answerTo(task: Task, result: Authorization): NonNullable<Outcome['answer']> {
    if (result.state === 'authorized') {
      const { reference } = result
      const payment = { status: 'authorized', provider: provider.name, reference, amount: task.order.total }
      return { outcome: 'completed', payment }
    }
    const { code, message } = result
    return { outcome: 'rejected', reason: { code, message }, payment: { status: 'declined', provider: provider.name } }
  }

  async function voidPayment(task: Task, signal: AbortSignal): Promise<Outcome> {
    const before = await current(task)
    if (before?.state === 'captured') {
      const reason = { code: 'already_captured', message: 'The amount was captured' }
      return { answer: { outcome: 'undoRefused', reason } }
    }
    await provider.void(performKey(task), signal)
    return {
      answer: { outcome: 'completed', payment: { status: 'voided' } },
      effect: async (tx) => {
        await insertPayment(tx, task, 'voided', null) // the tombstone, where nothing had been done
        await move(tx, task, 'authorized', 'voided')
      },
    }
  }

  async function capture(task: Task, signal: AbortSignal): Promise<Outcome> {
    const result = await provider.capture(performKey(task), taskKey(task), signal)
    if (result.state === 'refused') {
      const { code, message } = result
      return { answer: { outcome: 'rejected', reason: { code, message }, payment: { status: 'captureFailed' } } }
    }
    return {
      answer: { outcome: 'completed', payment: { status: 'captured' } },
      effect: (tx) => move(tx, task, 'authorized', 'captured'),
    }
  }

  async function insertPayment(
    tx: Transaction<PaymentTables>,
    task: Task,
    state: PaymentState,
    reference: string | null,
  ): Promise<void> {
    const { total } = task.order
    const row = {
      order_id: task.orderId,
      step: task.step,
      state,
      provider: provider.name,
      provider_reference: reference,
      amount_minor: total.amountMinor,
      currency: total.currency,
    }
    await tx.insertInto('payment').ignore().values(row).execute()
  }

  return async (task: Task, signal: AbortSignal): Promise<Outcome> => {
    switch (task.action) {
      case 'perform':
        return withSignal(signal, authorize(task, signal))
      case 'compensate':
        return withSignal(signal, voidPayment(task, signal))
      case 'capture':
        return withSignal(signal, capture(task, signal))
      case 'commit':
      case 'restock':
      case 'refund':
      case 'dispatch':
        return rejected('not_supported', `payment can't ${task.action}`)
    }
  }
}

const rejected = (code: string, message: string): Outcome => ({
  answer: { outcome: 'rejected', reason: { code, message } },
})

/** Moves a payment along its states; the rule is in the WHERE. */
async function move(tx: Transaction<PaymentTables>, task: Task, from: PaymentState, to: PaymentState): Promise<void> {
  await tx
    .updateTable('payment')
    .set({ state: to })
    .where('order_id', '=', task.orderId)
    .where('step', '=', task.step)
    .where('state', '=', from)
    .execute()
}
