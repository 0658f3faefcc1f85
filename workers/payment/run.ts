import type { Kysely } from 'kysely'
import { withSignal } from '../participant/runner.ts'
import type { Task } from '../participant/tasks.ts'
import { authorize } from './authorize.ts'
import { type Outcome, rejected } from './outcome.ts'
import type { PaymentProvider } from './provider.ts'
import { refund } from './refund.ts'
import { capture, voidPayment } from './settle.ts'
import type { PaymentTables } from './tables.ts'

/** What payment does for each action. Money moves under keys made of order, step, action and round. */
export function makePaymentRun(database: Kysely<PaymentTables>, provider: PaymentProvider) {
  return async (task: Task, signal: AbortSignal): Promise<Outcome> => {
    switch (task.action) {
      case 'perform':
        return withSignal(signal, authorize(database, provider, task, signal))
      case 'compensate':
        return withSignal(signal, voidPayment(database, provider, task, signal))
      case 'capture':
        return withSignal(signal, capture(database, provider, task, signal))
      case 'refund':
        return withSignal(signal, refund(database, provider, task, signal))
      case 'commit':
      case 'restock':
      case 'dispatch':
        return rejected('not_supported', `payment can't ${task.action}`)
    }
  }
}
