import type { Kysely, Transaction } from 'kysely'
import { type Money, money } from '../../domain/money.ts'
import { type Task, taskKey } from '../participant/tasks.ts'
import { book } from './ledger.ts'
import type { PaymentState, PaymentTables } from './tables.ts'

export type Payment = {
  readonly step: string
  readonly state: PaymentState
  readonly round: number
  readonly reference: string | null
  readonly amount: Money
}

/** The key under which this round was authorized; what comes later is about that one. */
export const authorizeKey = (of: { readonly orderId: string; readonly step: string; readonly round: number }): string =>
  taskKey({ orderId: of.orderId, step: of.step, action: 'perform', round: of.round })

export async function findPayment(
  database: Kysely<PaymentTables>,
  { orderId, step }: Pick<Task, 'orderId' | 'step'>,
): Promise<Payment | undefined> {
  const row = await database
    .selectFrom('payment')
    .select(['state', 'round', 'provider_reference', 'amount_minor', 'currency'])
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .executeTakeFirst()
  return (
    row && {
      step,
      state: row.state,
      round: row.round,
      reference: row.provider_reference,
      amount: money(row.amount_minor, row.currency),
    }
  )
}

/** What is needed to write about a payment. */
type Subject = Pick<Task, 'orderId' | 'step' | 'order'> & { readonly round: number }

type Result = {
  readonly state: 'authorized' | 'declined' | 'voided'
  readonly reference: string | null
  readonly provider: string
}

/** The first that is known of a payment. @throws if something was known meanwhile. */
export async function insertPayment(tx: Transaction<PaymentTables>, task: Subject, result: Result): Promise<void> {
  const { total } = task.order
  const row = {
    order_id: task.orderId,
    step: task.step,
    state: result.state,
    provider: result.provider,
    provider_reference: result.reference,
    round: task.round,
    amount_minor: total.amountMinor,
    currency: total.currency,
  }
  const { numInsertedOrUpdatedRows } = await tx.insertInto('payment').ignore().values(row).executeTakeFirstOrThrow()
  demand(numInsertedOrUpdatedRows === 1n, task)
  if (result.state === 'authorized') await bookPayment(tx, task, 'authorize', total)
}

/** A later round takes the place of a declined one, and of nothing else. @throws unless it does. */
export async function replaceDeclined(tx: Transaction<PaymentTables>, task: Subject, result: Result): Promise<void> {
  const { numUpdatedRows } = await rowOf(tx, task)
    .set({
      state: result.state,
      provider: result.provider,
      provider_reference: result.reference,
      round: task.round,
    })
    .where('state', '=', 'declined')
    .where('round', '<', task.round)
    .executeTakeFirstOrThrow()
  demand(numUpdatedRows === 1n, task)
  if (result.state === 'authorized') await bookPayment(tx, task, 'authorize', task.order.total)
}

/** @throws unless it was in the state that it was found in. */
export async function moveToVoided(tx: Transaction<PaymentTables>, task: Subject, from: Payment): Promise<void> {
  const { numUpdatedRows } = await rowOf(tx, task)
    .set({ state: 'voided' })
    .where('state', '=', from.state === 'declined' ? 'declined' : 'authorized')
    .executeTakeFirstOrThrow()
  demand(numUpdatedRows === 1n, task)
  if (from.state === 'authorized') await bookPayment(tx, task, 'void', from.amount)
}

/** The one capture of a payment. @throws unless it was authorized. */
export async function moveToCaptured(tx: Transaction<PaymentTables>, task: Subject, from: Payment): Promise<void> {
  const { numUpdatedRows } = await rowOf(tx, task)
    .set((eb) => ({ state: 'captured', captured_minor: eb.ref('amount_minor') }))
    .where('state', '=', 'authorized')
    .executeTakeFirstOrThrow()
  demand(numUpdatedRows === 1n, task)
  await bookPayment(tx, task, 'capture', from.amount)
}

const rowOf = (tx: Transaction<PaymentTables>, { orderId, step }: Subject) =>
  tx.updateTable('payment').where('order_id', '=', orderId).where('step', '=', step)

const bookPayment = (
  tx: Transaction<PaymentTables>,
  { orderId, step }: Subject,
  cause: 'authorize' | 'void' | 'capture',
  amount: Money,
) => book(tx, { orderId, by: step, cause, step, amount })

/** Tasks of one order never run side by side, so this is a bug; thrown, the task comes again and sees what there is. */
function demand(moved: boolean, { orderId, step }: Subject): void {
  if (!moved) throw new Error(`${orderId}:${step}: the payment has changed meanwhile`)
}
