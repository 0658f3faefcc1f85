import type { Kysely, Transaction } from 'kysely'
import { failpoint } from '../../platform/failpoint.ts'
import type { Log } from '../../platform/log.ts'
import { traceIdOf } from '../../events/envelope.ts'
import { inSpan } from '../../platform/tracing.ts'
import { storeAnswers } from './answers.ts'
import type { Delivery } from './delivery.ts'
import { leaseTasks } from './lease-tasks.ts'
import type { ParticipantTables, RunnerTables, StoredAnswer } from './tables.ts'
import type { AskedEvent } from './asks.ts'
import type { Worked } from './handle.ts'
import { addTasks, cancelTasks, closeTask, postponeTask, type Task, taskKey } from './tasks.ts'

/** A task by its name and order, whether it was ever written down or not. */
export type NamedTask = Pick<Task, 'orderId' | 'step' | 'action' | 'order'>

/** What came of a task: an answer for the saga, and what to write beside it. */
export type Done<Tables> = {
  /** Absent for tasks that nobody waits for. */
  readonly answer?: Pick<StoredAnswer, 'outcome' | 'reason' | 'payment' | 'shipment'>
  readonly effect?: (tx: Transaction<Tables>) => Promise<void>
}

/** Thrown by `run` where the other side has taken the call and has no result yet: nothing is wrong, ask again. */
export class NotYet extends Error {
  override readonly name = 'NotYet'
  readonly againInMs: number

  constructor(againInMs: number) {
    super(`no result yet; asking again in ${againInMs} ms`)
    this.againInMs = againInMs
  }
}

export type RunnerOptions<Tables extends RunnerTables> = {
  readonly database: Kysely<Tables>
  /**
   * Makes the call. May be repeated under the same key and has to give the same result.
   * @throws where the outcome is not known: the task is tried again.
   */
  readonly run: (task: Task, signal: AbortSignal) => Promise<Done<Tables>>
  /** Remembers as done what an admin did by hand, so that whatever comes late does nothing. @returns what to tell. */
  readonly rememberDone: (
    tx: Transaction<Tables>,
    task: NamedTask,
  ) => Promise<Pick<StoredAnswer, 'payment' | 'shipment'>>
  readonly delivery: Delivery
  readonly log: Log
  /** A call is given up after this long; its outcome is then unknown. */
  readonly callTimeoutMs: number
}

export type Runner<Tables> = {
  /** A participant's `work`: every ask becomes a task, answered when its call has. */
  readonly work: (tx: Transaction<Tables>, asked: readonly AskedEvent[]) => Promise<Worked>
  /** There may be something to do. */
  readonly wake: () => void
  /** Finishes the calls under way. */
  readonly stop: () => Promise<void>
}

const inFlightLimit = 64
/** How soon tasks are found that another process left behind; its own ones a runner knows of. */
const idlePollMs = 1_000

/**
 * Runs durable tasks: lease (committed), call, result and answer in one transaction, signal. Nothing is held open during
 * a call, so a provider that stays silent delays its own orders only. Killed anywhere, the lease runs out and the same
 * key gives the same result.
 */
export function startRunner<Tables extends RunnerTables>(options: RunnerOptions<Tables>): Runner<Tables> {
  const { run, delivery, log, callTimeoutMs } = options
  const database = options.database as unknown as Kysely<RunnerTables> // every runner's schema has these tables
  const inFlight = new Set<Promise<void>>()
  let stopped = false
  let ring: () => void = () => undefined
  let rung = false
  /** Tasks may be waiting for others of their order. */
  let someWait = false
  const leaseMs = callTimeoutMs * 2 + 5_000

  async function finish(task: Task, { answer, effect }: Done<Tables>, parent: string | undefined): Promise<void> {
    const { orderId, step, action, round } = task
    const body = answer && action !== 'dispatch' ? { step, action, round, ...answer } : undefined
    const stored = await inSpan(`transaction ${step}`, { parent, kind: 'client' }, () =>
      database.transaction().execute(async (tx) => {
        if (!(await closeTask(tx, task))) return false
        await effect?.(tx as unknown as Transaction<Tables>)
        if (body) await storeAnswers(tx as unknown as Transaction<ParticipantTables>, [{ orderId, answer: body }])
        return true
      }),
    )
    failpoint('call.stored')
    if (!stored) log.warn(namesOf(task), 'the lease ran out during the call; its next holder decides')
    else if (body) await delivery.deliver({ orderId, step, action: body.action, round, body, traceparent: parent })
    if (someWait) look()
  }

  async function attempt(task: Task): Promise<void> {
    try {
      const about = {
        'holdfast.order.id': task.orderId,
        'holdfast.saga.round': task.round,
        'holdfast.task.try': task.fence,
      }
      const beginning = { parent: task.traceparent, attributes: about }
      await inSpan(`${task.action} ${task.step}`, beginning, async (parent) => {
        failpoint('call.leased')
        const done = await run(task, AbortSignal.timeout(callTimeoutMs))
        failpoint('call.made')
        await finish(task, done, parent)
      })
    } catch (error) {
      const text = error instanceof Error ? error.message : 'unknown'
      const delay = task.undoWaits ? 100 : delayAfter(error, task)
      if (!(error instanceof NotYet)) {
        log.warn({ ...namesOf(task), fence: task.fence, reason: text, delay }, 'outcome unknown; trying again')
      }
      await postponeTask(database, task, delay, text).catch((again: unknown) => {
        log.warn({ err: again, ...namesOf(task) }, 'not postponed; its lease will run out')
      })
      setTimeout(wake, delay).unref()
    }
  }

  function begin(tasks: readonly Task[]): void {
    for (const task of tasks) {
      const call = attempt(task).finally(() => inFlight.delete(call))
      inFlight.add(call)
    }
  }

  async function work(tx: Transaction<Tables>, asked: readonly AskedEvent[]): Promise<Worked> {
    const byHand = asked.filter(({ ask }) => ask.byHand === true)
    if (byHand.length > 0) return workByHand(tx, asked, byHand)
    const lease = { room: Math.max(0, inFlightLimit - inFlight.size), ms: leaseMs }
    const leased = await addTasks(tx as unknown as Transaction<RunnerTables>, asked, lease)
    const committed = () => {
      begin(leased)
      if (leased.length < asked.length) wake()
    }
    return { answers: [], committed }
  }

  /** What an admin did by hand is answered at once: tasks are closed, nothing is called. */
  async function workByHand(
    tx: Transaction<Tables>,
    asked: readonly AskedEvent[],
    byHand: readonly AskedEvent[],
  ): Promise<Worked> {
    const base = tx as unknown as Transaction<RunnerTables>
    const answers = []
    for (const { ask, order } of byHand) {
      const task = { orderId: order.id, step: ask.step, action: ask.action, order }
      await cancelTasks(base, task)
      const told = await options.rememberDone(tx, task)
      const answer = { step: ask.step, action: ask.action, round: ask.round, outcome: 'completed' as const, ...told }
      answers.push({ orderId: order.id, answer })
    }
    const others = await work(
      tx,
      asked.filter((one) => !byHand.includes(one)),
    )
    return { ...others, answers }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      rung = false
      const tasks = await lease()
      begin(tasks)
      if (tasks.length === 0 && inFlight.size === 0) someWait = rung
      if (tasks.length === 0 && !rung) await nap()
      else if (inFlight.size >= inFlightLimit) await Promise.race(inFlight)
    }
  }

  async function lease(): Promise<readonly Task[]> {
    const room = inFlightLimit - inFlight.size
    if (room <= 0) return []
    try {
      return await leaseTasks(database, room, leaseMs)
    } catch (error) {
      log.warn({ err: error }, 'no tasks could be leased; trying again')
      await new Promise((resolve) => setTimeout(resolve, 500))
      return []
    }
  }

  async function nap(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idlePollMs)
      ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function look(): void {
    rung = true
    ring()
  }

  function wake(): void {
    someWait = true
    look()
  }

  const looping = loop()
  return {
    work,
    wake,
    async stop() {
      stopped = true
      wake()
      await looping
      await Promise.all(inFlight)
    },
  }
}

const namesOf = (task: Task) => ({
  task: taskKey(task),
  orderId: task.orderId,
  traceId: traceIdOf(task.traceparent),
})

const delayAfter = (error: unknown, { fence }: Task): number =>
  error instanceof NotYet ? error.againInMs : Math.min(10_000, 200 * 2 ** Math.min(fence - 1, 6))

/** Ends the wait when the signal does: whatever the call was up to, its outcome is unknown now. */
export function withSignal<Result>(signal: AbortSignal, call: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('no answer in time', { cause: signal.reason }))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
