import type { Kysely } from 'kysely'
import { type Task, taskKey } from '../participant/tasks.ts'
import { type Outcome, rejected } from './outcome.ts'
import type { PaymentProvider } from './provider.ts'
import { authorizeKey, findPayment, insertPayment, moveToCaptured, moveToVoided, type Payment } from './states.ts'
import type { PaymentTables } from './tables.ts'

/** Takes what is held. Whatever rounds it needs, it happens once. */
export async function capture(
  database: Kysely<PaymentTables>,
  provider: PaymentProvider,
  task: Task,
  signal: AbortSignal,
): Promise<Outcome> {
  const before = await findPayment(database, task)
  if (before?.state === 'captured') return captured
  if (before?.state !== 'authorized') return rejected('not_authorized', `The payment is ${before?.state ?? 'unknown'}`)
  const { orderId, step } = task
  const movement = { authorizeKey: authorizeKey({ orderId, step, round: before.round }), key: taskKey(task) }
  const result = await provider.capture({ ...movement, amount: before.amount }, signal)
  if (result.state === 'captured') return { ...captured, effect: (tx) => moveToCaptured(tx, task, before) }
  const { code, message } = result
  return { answer: { outcome: 'rejected', reason: { code, message }, payment: { status: 'captureFailed' } } }
}

/** Frees what is held, or sees to it that nothing ever will be; the row stays as a tombstone. */
export async function voidPayment(
  database: Kysely<PaymentTables>,
  provider: PaymentProvider,
  task: Task,
  signal: AbortSignal,
): Promise<Outcome> {
  const before = await findPayment(database, task)
  if (before?.state === 'voided') return voided
  if (before?.state === 'captured') return undoRefused('already_captured', 'The amount was captured')
  for (const round of inDoubt(before, task.round)) {
    const { orderId, step } = task
    const key = round === task.round ? taskKey(task) : `${taskKey(task)}:${round}`
    const movement = { authorizeKey: authorizeKey({ orderId, step, round }), key }
    const result = await provider.void(movement, signal)
    if (result.state === 'refused') return undoRefused(result.code, result.message)
  }
  return {
    ...voided,
    effect: (tx) =>
      before === undefined
        ? insertPayment(tx, task, { state: 'voided', reference: null, provider: provider.name })
        : moveToVoided(tx, task, before),
  }
}

/** The rounds that may hold something: the authorized one, or all that nobody knows the end of. */
function inDoubt(before: Payment | undefined, asked: number): readonly number[] {
  if (before?.state === 'authorized') return [before.round]
  const known = before?.round ?? 0
  return Array.from({ length: Math.max(0, asked - known) }, (_, at) => known + 1 + at)
}

const captured: Outcome = { answer: { outcome: 'completed', payment: { status: 'captured' } } }
const voided: Outcome = { answer: { outcome: 'completed', payment: { status: 'voided' } } }

const undoRefused = (code: string, message: string): Outcome => ({
  answer: { outcome: 'undoRefused', reason: { code, message } },
})
