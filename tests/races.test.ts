import { randomUUID } from 'node:crypto'
import { Client, WorkflowNotFoundError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { isOver } from '../domain/order.ts'
import type { Ask, OrderEvent } from '../domain/saga/event.ts'
import { makePlan } from '../domain/saga/plan.ts'
import { anOrder, operator } from '../domain/saga/testing.ts'
import { askFaults, undoingFaults } from '../domain/saga/faults.ts'
import { foldSaga } from '../domain/saga/view.ts'
import { orderSaga } from '../domain/steps/index.ts'
import * as messages from '../workflows/messages.ts'
import { type Skipping, startTimeSkipping } from './support/time-skipping.ts'

const runs = 25
const hour = 3600_000

let skipping: Skipping
let client: Client
beforeAll(async () => {
  skipping = await startTimeSkipping()
  // not the environment's own client, whose waiting for a result lets time pass
  client = new Client({ connection: skipping.env.connection, namespace: skipping.env.namespace ?? 'default' })
})
afterAll(() => skipping.stop())

const now = async () => new Date(await skipping.env.currentTimeMs()).toISOString()

const plan = makePlan(orderSaga, {
  retry: { firstMs: 30_000, attempts: 3 },
  graces: { payment: 2 * hour },
  dispatchMs: 48 * hour,
})

/** One order on the real workflow, and those around it. */
async function place() {
  const id = orderId(randomUUID())
  const order = { ...anOrder, id, placedAt: await now() }
  const handle = await client.workflow.start(messages.orderWorkflowType, {
    workflowId: id,
    taskQueue: 'orders',
    args: [{ order, plan, fingerprint: 'f' }],
  })
  return { id, handle }
}

/** Published events, each once: a publish may be repeated. */
function eventsOf(id: string): readonly OrderEvent[] {
  const byId = new Map(skipping.events(id).map((event) => [event.id, event]))
  return [...byId.values()]
}

type Move =
  | { readonly tag: 'answer'; readonly which: number; readonly refuses: boolean; readonly times: number }
  | { readonly tag: 'sleep'; readonly ms: number }
  | { readonly tag: 'cancel' }
  | { readonly tag: 'pay' }
  | { readonly tag: 'parcel'; readonly movement: 'dispatched' | 'delivered' | 'lost' }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      tag: fc.constant('answer' as const),
      which: fc.nat(20),
      refuses: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ tag: fc.constant('sleep' as const), ms: fc.constantFrom(5_000, 40_000, hour, 72 * hour) }),
  },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ tag: fc.constant('pay' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      tag: fc.constant('parcel' as const),
      movement: fc.constantFrom('dispatched', 'delivered', 'lost'),
    }),
  },
)

/** A refusal by a guard, or that the order is over, is an answer too. */
async function mayBeRefused(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError) && !(error instanceof WorkflowNotFoundError)) throw error
  }
}

const answer = async (handle: WorkflowHandle, { step, action, round }: Ask, refuses: boolean) => {
  const outcome = !refuses ? 'completed' : action === 'compensate' ? 'undoRefused' : 'rejected'
  await mayBeRefused(handle.signal(messages.participantAnswered, { step, action, round, outcome, at: await now() }))
}

async function make(id: string, handle: WorkflowHandle, one: Move): Promise<void> {
  const by = operator
  if (one.tag === 'answer') {
    const asks = eventsOf(id).flatMap(({ data }) => data.asks ?? [])
    const ask = asks.at(-1 - (one.which % Math.max(1, asks.length)))
    for (let n = 0; ask !== undefined && n < one.times; n += 1) await answer(handle, ask, one.refuses)
  } else if (one.tag === 'sleep') await skipping.env.sleep(one.ms)
  else if (one.tag === 'cancel') {
    await mayBeRefused(handle.executeUpdate(messages.cancelOrder, { args: [{ by, at: await now() }] }))
  } else if (one.tag === 'pay') {
    const change = { paymentMethod: 'pm_another', by, at: await now() }
    await mayBeRefused(handle.executeUpdate(messages.changePaymentMethod, { args: [change] }))
  } else await mayBeRefused(handle.signal(messages.parcelMoved, { movement: one.movement, at: await now() }))
}

/** From here on everybody answers, admins retry, and the parcel arrives. */
async function finish(handle: WorkflowHandle): Promise<void> {
  for (let patience = 60; patience > 0; patience -= 1) {
    const { status } = await handle.describe()
    if (status.name !== 'RUNNING') return
    const { waitingFor, steps } = await handle.query(messages.sagaState)
    const stuck = steps.find(({ compensation, settlement }) =>
      [compensation.state, settlement?.state].some(
        (state) => state === 'stuck' || state === 'refused' || state === 'failed',
      ),
    )
    const [waiting] = waitingFor
    if (waiting?.participant === 'customer') await make('', handle, { tag: 'pay' })
    else if (waiting) {
      for (let round = 1; round <= 6; round += 1) await answer(handle, { ...waiting, round, deadlineAt: '' }, false)
    } else if (stuck) {
      const retry = { step: stuck.step, note: 'again', by: operator, at: await now() }
      await mayBeRefused(handle.executeUpdate(messages.retryStep, { args: [retry] }))
    } else await make('', handle, { tag: 'parcel', movement: 'delivered' })
  }
  throw new Error('the order does not come to an end')
}

describe('an order on the real workflow, in skipped time', () => {
  it('has one legal end and undoes what was begun, whatever comes early, late, twice, not at all or in any order', async () => {
    const ends = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 14 }), async (moves) => {
        const { id, handle } = await place()
        for (const one of moves) await make(id, handle, one)
        await finish(handle)
        const events = eventsOf(id)
        const saga = foldSaga(events)
        if (saga === undefined) throw new Error('nothing was published')
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1))
        expect(isOver(saga.status)).toBe(true)
        expect(events.filter(({ data }) => isOver(data.status))).toHaveLength(1)
        expect(undoingFaults(saga, events)).toEqual([])
        expect(askFaults(events)).toEqual([])
        ends.set(saga.status, (ends.get(saga.status) ?? 0) + 1)
      }),
      { numRuns: runs },
    )
    process.stdout.write(`${runs} orders: ${JSON.stringify(Object.fromEntries(ends))}\n`)
  }, 300_000)
})

describe('at its real length', () => {
  it('the deadline of the dispatch passes after two days', async () => {
    const { id, handle } = await place()
    const asked = (step: string): Ask => ({
      step,
      participant: step,
      action: 'perform',
      round: 1,
      attempt: 1,
      deadlineAt: '',
    })
    for (const step of ['stock', 'payment', 'shipping']) await answer(handle, asked(step), false)
    await skipping.env.sleep(47 * hour)
    expect((await handle.query(messages.sagaState)).needsAttention).toBe(false)
    await skipping.env.sleep(2 * hour)
    expect((await handle.query(messages.sagaState)).needsAttention).toBe(true)
    await finish(handle)
    expect(eventsOf(id).at(-1)?.type).toBe('order.delivered')
  })

  it('the return window closes after thirty days, and so does the workflow', async () => {
    const id = randomUUID()
    const at = await skipping.env.currentTimeMs()
    const rules = {
      windowEndsAt: new Date(at + 30 * 24 * hour).toISOString(),
      approvedUpToMinor: 0,
      retry: { firstMs: 30_000, attempts: 3 },
    }
    const handle = await client.workflow.start(messages.returnsWorkflowType, {
      workflowId: messages.returnsWorkflowId(id),
      taskQueue: 'orders',
      args: [{ order: { ...anOrder, id }, rules }],
    })
    const request = async () => ({
      lines: [{ sku: 'TEAPOT', quantity: 1 }],
      reason: 'It leaks',
      by: operator,
      at: await now(),
    })
    await skipping.env.sleep(29 * 24 * hour)
    const { return: made } = await handle.executeUpdate(messages.requestReturn, { args: [await request()] })
    expect(made.status).toBe('requested')
    await skipping.env.sleep(2 * 24 * hour)
    expect((await handle.describe()).status.name).toBe('RUNNING')
    await expect(handle.executeUpdate(messages.requestReturn, { args: [await request()] })).rejects.toThrow()
    await handle.executeUpdate(messages.decideReturn, {
      args: [{ number: 1, approve: false, by: operator, at: await now() }],
    })
    expect(await handle.result()).toMatchObject([{ number: 1, status: 'declined' }])
  })

  it('an approval that nobody gives ends the order after a day', async () => {
    const id = orderId(randomUUID())
    const limited = makePlan(orderSaga, { retry: { firstMs: 30_000, attempts: 3 }, limits: { approval: 0 } })
    const handle = await client.workflow.start(messages.orderWorkflowType, {
      workflowId: id,
      taskQueue: 'orders',
      args: [{ order: { ...anOrder, id, placedAt: await now() }, plan: limited, fingerprint: 'f' }],
    })
    await skipping.env.sleep(23 * hour)
    expect((await handle.describe()).status.name).toBe('RUNNING')
    await skipping.env.sleep(2 * hour)
    expect(await handle.result()).toEqual({ status: 'rejected' })
  })
})
