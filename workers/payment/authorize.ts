import type { Kysely } from 'kysely'
import type { Money } from '../../domain/money.ts'
import type { Task } from '../participant/tasks.ts'
import { type Answer, notYet, type Outcome, rejected } from './outcome.ts'
import type { PaymentProvider } from './provider.ts'
import { authorizeKey, findPayment, insertPayment, replaceDeclined } from './states.ts'
import type { PaymentTables } from './tables.ts'

/**
 * Holds the order's total. After a decline a later round tries again, with the payment method that the order has then;
 * after an undo none does.
 */
export async function authorize(
  database: Kysely<PaymentTables>,
  provider: PaymentProvider,
  task: Task,
  signal: AbortSignal,
): Promise<Outcome> {
  const before = await findPayment(database, task)
  if (before?.state === 'voided') return rejected('already_undone', 'The payment was undone before')
  if (before !== undefined && before.state !== 'declined') {
    return { answer: authorized(provider.name, before.reference, before.amount) } // one hold is enough
  }
  if (before !== undefined && before.round >= task.round) {
    return rejected('superseded', `The payment was declined in round ${before.round}`)
  }
  const { total, paymentMethod: method } = task.order
  const key = authorizeKey(task)
  const result = task.undoWaits
    ? await provider.lookUp(key, signal)
    : await provider.authorize(key, { amount: total, method, orderId: task.orderId }, signal)
  if (result === undefined) return rejected('not_authorized', 'The provider has never heard of this payment')
  if (result.state === 'pending') {
    if (!task.undoWaits) throw notYet(task)
    return rejected('not_authorized', 'Undone before the provider had a result') // and the undo ends it there
  }
  const row = {
    state: result.state,
    reference: result.state === 'authorized' ? result.reference : null,
    provider: provider.name,
  }
  return {
    answer:
      result.state === 'authorized'
        ? authorized(provider.name, result.reference, total)
        : declined(provider.name, result.code, result.message),
    effect: (tx) => (before === undefined ? insertPayment(tx, task, row) : replaceDeclined(tx, task, row)),
  }
}

const authorized = (provider: string, reference: string | null, amount: Money): Answer => ({
  outcome: 'completed',
  payment: { status: 'authorized', provider, reference, amount },
})

const declined = (provider: string, code: string, message: string): Answer => ({
  outcome: 'rejected',
  reason: { code, message },
  payment: { status: 'declined', provider },
})
