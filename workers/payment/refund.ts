import type { Kysely } from 'kysely'
import { money } from '../../domain/money.ts'
import { type Task, taskKey } from '../participant/tasks.ts'
import { notYet, type Outcome, rejected } from './outcome.ts'
import type { PaymentProvider } from './provider.ts'
import { finishRefund, refundedSoFar, refuseRefund, requestRefund, type RequestedRefund } from './refunds.ts'
import { authorizeKey } from './states.ts'
import type { PaymentTables } from './tables.ts'

/**
 * Pays back what the ask says, of the order's captured payment. The sum is set aside before the provider is called, so
 * that refunds side by side never exceed what was captured; a refusal gives it free again, for a later round.
 */
export async function refund(
  database: Kysely<PaymentTables>,
  provider: PaymentProvider,
  task: Task,
  signal: AbortSignal,
): Promise<Outcome> {
  const amount = task.ask?.amount
  if (amount === undefined || amount.amountMinor <= 0) return rejected('no_amount', 'Nothing was asked to be refunded')
  const requested = await requestRefund(database, task, amount)
  if (requested.kind === 'refused') return rejected(requested.code, requested.message)
  if (requested.kind === 'done') return completed(database, task, requested.refund, 0)
  const { orderId } = task
  const { refund: row } = requested
  const movement = {
    authorizeKey: authorizeKey({ orderId, step: row.payment.step, round: row.payment.round }),
    key: taskKey({ orderId, step: task.step, action: 'refund', round: row.round }),
    amount: row.amount,
  }
  const result = await provider.refund(movement, signal)
  if (result.state === 'pending') throw notYet(task)
  if (result.state === 'refused') {
    return { ...rejected(result.code, result.message), effect: (tx) => refuseRefund(tx, task, row) }
  }
  const { reference } = result
  const done = await completed(database, task, row, row.amount.amountMinor)
  return { ...done, effect: (tx) => finishRefund(tx, task, row, reference) }
}

async function completed(
  database: Kysely<PaymentTables>,
  task: Task,
  { payment, amount }: RequestedRefund,
  addedMinor: number,
): Promise<Outcome> {
  const total = (await refundedSoFar(database, task.orderId, payment.step)) + addedMinor
  const status = total === payment.capturedMinor ? 'refunded' : 'partiallyRefunded'
  return { answer: { outcome: 'completed', payment: { status, refunded: money(total, amount.currency) } } }
}
