import type { Kysely, Transaction } from 'kysely'
import { type Money, money } from '../../domain/money.ts'
import type { Task } from '../participant/tasks.ts'
import { book } from './ledger.ts'
import type { PaymentTables } from './tables.ts'

type RefundedPayment = { readonly step: string; readonly round: number; readonly capturedMinor: number }

export type RequestedRefund = {
  /** Under which its call is keyed: a round that was begun is finished before another begins. */
  readonly round: number
  readonly amount: Money
  readonly payment: RefundedPayment
}

export type Requested =
  | { readonly kind: 'requested' | 'done'; readonly refund: RequestedRefund }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

/** Sets the sum aside, in a transaction of its own that is committed before the provider is called. */
export async function requestRefund(database: Kysely<PaymentTables>, task: Task, amount: Money): Promise<Requested> {
  return database.transaction().execute(async (tx) => {
    const payment = await capturedPayment(tx, task.orderId)
    if (payment === undefined) return refused('not_captured', 'Nothing was captured that could be refunded')
    const row = await tx
      .selectFrom('refund')
      .select(['state', 'round', 'amount_minor', 'currency'])
      .where('order_id', '=', task.orderId)
      .where('step', '=', task.step)
      .forUpdate()
      .executeTakeFirst()
    if (row !== undefined && row.state !== 'refused') {
      const refund = { round: row.round, amount: money(row.amount_minor, row.currency), payment }
      return { kind: row.state, refund }
    }
    if (row !== undefined && row.round >= task.round) return refused('refund_refused', 'The refund was refused before')
    if (amount.currency !== payment.currency) return refused('other_currency', `It was paid in ${payment.currency}`)
    if (!(await setAside(tx, task.orderId, payment.step, amount.amountMinor))) {
      return refused('refund_above_captured', 'That is more than was captured and not refunded yet')
    }
    const fresh = {
      state: 'requested' as const,
      payment_step: payment.step,
      round: task.round,
      amount_minor: amount.amountMinor,
      currency: amount.currency,
    }
    await (
      row === undefined
        ? tx
            .insertInto('refund')
            .values({ order_id: task.orderId, step: task.step, provider_reference: null, ...fresh })
        : rowOf(tx, task).set(fresh).where('state', '=', 'refused')
    ).execute()
    return { kind: 'requested', refund: { round: task.round, amount, payment } }
  })
}

const refused = (code: string, message: string): Requested => ({ kind: 'refused', code, message })

async function capturedPayment(tx: Transaction<PaymentTables>, orderId: string) {
  return tx
    .selectFrom('payment')
    .select(['step', 'round', 'captured_minor as capturedMinor', 'currency'])
    .where('order_id', '=', orderId)
    .where('state', '=', 'captured')
    .orderBy('step')
    .limit(1)
    .executeTakeFirst()
}

/** Below 0: gives it free again. */
async function setAside(
  tx: Transaction<PaymentTables>,
  orderId: string,
  step: string,
  amountMinor: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment')
    .set((eb) => ({ refunded_minor: eb('refunded_minor', '+', amountMinor) }))
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('state', '=', 'captured')
    .where((eb) => eb(eb('refunded_minor', '+', amountMinor), '<=', eb.ref('captured_minor')))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** @throws unless this round is under way. */
export async function finishRefund(
  tx: Transaction<PaymentTables>,
  task: Task,
  { round, amount, payment }: RequestedRefund,
  reference: string,
): Promise<void> {
  await settle(tx, task, round, { state: 'done', provider_reference: reference })
  await book(tx, { orderId: task.orderId, by: task.step, cause: 'refund', step: payment.step, amount })
}

/** @throws unless this round is under way. */
export async function refuseRefund(
  tx: Transaction<PaymentTables>,
  task: Task,
  { round, amount, payment }: RequestedRefund,
): Promise<void> {
  await settle(tx, task, round, { state: 'refused', provider_reference: null })
  await setAside(tx, task.orderId, payment.step, -amount.amountMinor)
}

async function settle(
  tx: Transaction<PaymentTables>,
  task: Task,
  round: number,
  result: { readonly state: 'done' | 'refused'; readonly provider_reference: string | null },
): Promise<void> {
  const { numUpdatedRows } = await rowOf(tx, task)
    .set(result)
    .where('state', '=', 'requested')
    .where('round', '=', round)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`${task.orderId}:${task.step}: the refund has changed meanwhile`)
}

const rowOf = (tx: Transaction<PaymentTables>, { orderId, step }: Task) =>
  tx.updateTable('refund').where('order_id', '=', orderId).where('step', '=', step)

/** In minor units: what has been paid back of this payment, without what is under way. */
export async function refundedSoFar(database: Kysely<PaymentTables>, orderId: string, step: string): Promise<number> {
  const { total } = await database
    .selectFrom('refund')
    .select((eb) => eb.fn.sum('amount_minor').as('total'))
    .where('order_id', '=', orderId)
    .where('payment_step', '=', step)
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow()
  return Number(total ?? 0)
}
