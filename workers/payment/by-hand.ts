import type { Transaction } from 'kysely'
import { money } from '../../domain/money.ts'
import type { NamedTask } from '../participant/runner.ts'
import { book } from './ledger.ts'
import { findPayment, insertPayment, moveToCaptured, moveToVoided, type Payment } from './states.ts'
import type { PaymentTables } from './tables.ts'

type Told = { readonly payment?: Readonly<Record<string, unknown>> }

/**
 * Writes into row and ledger what an admin has done at the provider without us, so that whatever comes late finds it
 * done. What the books can't hold, such as the capture of a payment that was never authorized, is left out of them.
 */
export async function rememberDoneByHand(tx: Transaction<PaymentTables>, task: NamedTask): Promise<Told> {
  const before = await findPayment(tx, task)
  const subject = { ...task, round: before?.round ?? 1 }
  if (task.action === 'capture') {
    if (before?.state === 'authorized') await moveToCaptured(tx, subject, before)
    return { payment: { status: 'captured' } }
  }
  if (task.action !== 'compensate') return {}
  if (before?.state === 'captured') return payBackRest(tx, task, before)
  if (before === undefined) {
    await insertPayment(tx, subject, { state: 'voided', reference: null, provider: 'byHand' })
  } else if (before.state !== 'voided') {
    await moveToVoided(tx, subject, before)
  }
  return { payment: { status: 'voided' } }
}

/** What was captured can't be voided any more: whoever undid it has paid it back. */
async function payBackRest(tx: Transaction<PaymentTables>, task: NamedTask, before: Payment): Promise<Told> {
  const { orderId, step } = task
  const row = tx.updateTable('payment').where('order_id', '=', orderId).where('step', '=', step)
  // the lock keeps refunds away until the rest is known and taken
  const { captured_minor, refunded_minor } = await tx
    .selectFrom('payment')
    .select(['captured_minor', 'refunded_minor'])
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const rest = money(captured_minor - refunded_minor, before.amount.currency)
  if (rest.amountMinor > 0) {
    await row.set({ refunded_minor: captured_minor }).execute()
    const refund = {
      order_id: orderId,
      step,
      payment_step: step,
      state: 'done' as const,
      round: 1,
      amount_minor: rest.amountMinor,
      currency: rest.currency,
      provider_reference: null,
    }
    await tx.insertInto('refund').values(refund).execute()
    await book(tx, { orderId, by: step, cause: 'refund', step, amount: rest })
  }
  return { payment: { status: 'refunded', refunded: money(captured_minor, rest.currency) } }
}
