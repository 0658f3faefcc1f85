import { type Kysely, sql, type Transaction } from 'kysely'
import type { Order } from '../../domain/order.ts'
import type { Ask } from '../../domain/saga/event.ts'
import type { AskedEvent } from './asks.ts'
import type { RunnerTables, TaskTable } from './tables.ts'

/** A call that is due, leased to this process. */
export type Task = {
  readonly orderId: string
  readonly step: string
  readonly action: TaskTable['action']
  readonly round: number
  /** Which lease this is; the first is 1. From the second on, the outcome of an earlier call is unknown. */
  readonly fence: number
  /** An undo of this step waits behind it: find out what happened, don't start anything. */
  readonly undoWaits: boolean
  readonly order: Order
  readonly ask: Ask | null
  readonly traceparent?: string | undefined
}

type TaskKey = Pick<Task, 'orderId' | 'step' | 'action' | 'round'>

export const taskKey = ({ orderId, step, action, round }: TaskKey): string => `${orderId}:${step}:${action}:${round}`

type NewTask = TaskKey & {
  readonly order: Order
  readonly ask: Ask | null
  readonly sequence: number
  readonly notBefore?: string
  readonly traceparent?: string | undefined
}

/** Which asks may begin as soon as they are committed, and how long they are then somebody's. */
export type Lease = { readonly room: number; readonly ms: number }

/**
 * Turns asks into durable tasks. An undo cancels a perform that was never begun; one that was begun is hurried, so that
 * the undo behind it gets its turn. What nothing stands before is leased as it is written, which spares the runner a
 * transaction of its own.
 * @returns the leased ones, to be begun when this transaction is committed.
 */
export async function addTasks(
  tx: Transaction<RunnerTables>,
  asked: readonly AskedEvent[],
  lease: Lease,
): Promise<readonly Task[]> {
  await makeWayForUndo(tx, asked)
  const ready = (await free(tx, asked)).slice(0, lease.room)
  const leased = await insertTasks(tx, ready.map(newTask), new Date(Date.now() + lease.ms))
  await insertTasks(tx, asked.filter((one) => !ready.includes(one)).map(newTask))
  // one that was there already makes it unknown which; their leases run out
  if (leased < ready.length) return []
  return ready.map(({ ask, order, event }) => ({
    orderId: order.id,
    step: ask.step,
    action: ask.action,
    round: ask.round,
    order,
    ask,
    traceparent: event.traceparent,
    fence: 1,
    undoWaits: false,
  }))
}

const newTask = ({ ask, order, event }: AskedEvent): NewTask => ({
  orderId: order.id,
  step: ask.step,
  action: ask.action,
  round: ask.round,
  order,
  ask,
  sequence: event.sequence,
  traceparent: event.traceparent,
  ...(ask.notBefore !== undefined && { notBefore: ask.notBefore }),
})

/** Asked for the first time, to be done now, the only one of its order in this batch and with no open one before it. */
async function free(tx: Transaction<RunnerTables>, asked: readonly AskedEvent[]): Promise<readonly AskedEvent[]> {
  const ids = asked.map(({ order }) => order.id as string)
  const candidates = asked.filter(
    ({ ask, order, event }) =>
      ask.action !== 'compensate' &&
      ask.attempt === 1 &&
      // its undo may be written at this very moment: only what is committed tells, and that the lease looks at
      event.redriven !== true &&
      ask.notBefore === undefined &&
      ids.indexOf(order.id) === ids.lastIndexOf(order.id),
  )
  if (candidates.length === 0) return []
  const open = await tx
    .selectFrom('task')
    .select('order_id')
    .where('state', '=', 'open')
    .where('order_id', 'in', ids)
    .execute()
  const busy = new Set(open.map((row) => row.order_id))
  return candidates.filter(({ order }) => !busy.has(order.id))
}

async function makeWayForUndo(tx: Transaction<RunnerTables>, asked: readonly AskedEvent[]): Promise<void> {
  for (const { ask, order } of asked.filter((one) => one.ask.action === 'compensate')) {
    const performs = tx
      .updateTable('task')
      .where('order_id', '=', order.id)
      .where('step', '=', ask.step)
      .where('action', '=', 'perform')
      .where('state', '=', 'open')
    await performs.set({ state: 'cancelled' }).where('fence', '=', 0).execute()
    await performs.set({ due_at: sql`CURRENT_TIMESTAMP(3)` }).execute()
  }
}

/**
 * A task that is there already stays as it is: the same ask is the same task.
 * @returns how many were new.
 */
export async function insertTasks(
  tx: Transaction<RunnerTables>,
  tasks: readonly NewTask[],
  leaseUntil: Date | null = null,
): Promise<number> {
  if (tasks.length === 0) return 0
  const now = new Date()
  const rows = tasks.map(({ orderId, step, action, round, order, ask, sequence, notBefore, traceparent }) => ({
    order_id: orderId,
    step,
    action,
    round,
    sequence,
    state: 'open' as const,
    due_at: notBefore === undefined ? now : new Date(notBefore),
    lease_until: leaseUntil,
    fence: leaseUntil === null ? 0 : 1,
    order_body: JSON.stringify(order),
    ask: ask && JSON.stringify(ask),
    traceparent: traceparent ?? null,
    last_error: null,
  }))
  const { numInsertedOrUpdatedRows } = await tx.insertInto('task').ignore().values(rows).executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows)
}

/** @returns false if the lease had run out and somebody else has the task: then nothing may be stored. */
export async function closeTask(tx: Transaction<RunnerTables>, task: Task): Promise<boolean> {
  const { numUpdatedRows } = await leasedTask(tx, task)
    .set({ state: 'done', lease_until: null, last_error: null })
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Gives the task back, to be tried again later. */
export async function postponeTask(
  database: Kysely<RunnerTables>,
  task: Task,
  delayMs: number,
  error: string,
): Promise<void> {
  const dueAt = new Date(Date.now() + delayMs)
  await leasedTask(database, task)
    .set({ lease_until: null, due_at: dueAt, last_error: error.slice(0, 500) })
    .execute()
}

/** Closes whatever is open about this step; a call that is under way will find its result not wanted. */
export async function cancelTasks(
  tx: Transaction<RunnerTables>,
  { orderId, step }: { readonly orderId: string; readonly step: string },
): Promise<void> {
  await tx
    .updateTable('task')
    .set({ state: 'cancelled', lease_until: null })
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('state', '=', 'open')
    .execute()
}

/** There is news about this step from outside: what is open is looked at again at once. */
export async function hurryTasks(
  database: Kysely<RunnerTables>,
  { orderId, step }: { readonly orderId: string; readonly step: string },
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('task')
    .set({ due_at: sql`CURRENT_TIMESTAMP(3)` })
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

const leasedTask = (database: Kysely<RunnerTables>, { orderId, step, action, round, fence }: Task) =>
  database
    .updateTable('task')
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('action', '=', action)
    .where('round', '=', round)
    .where('state', '=', 'open')
    .where('fence', '=', fence)
