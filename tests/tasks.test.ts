import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import type { Action, Ask } from '../domain/saga/event.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import type { AskedEvent } from '../workers/participant/asks.ts'
import { leaseTasks } from '../workers/participant/lease-tasks.ts'
import { addTasks, closeTask } from '../workers/participant/tasks.ts'
import { paymentMigrations } from '../workers/payment/tables.ts'
import type { RunnerTables } from '../workers/participant/tables.ts'
import { anOrder } from './support/neighbours.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const database = openDatabase<RunnerTables>(config, 'payment')
beforeAll(() => migrate(config, 'payment', paymentMigrations))
afterAll(() => database.destroy())

const order = () => ({ ...anOrder(), id: orderId(randomUUID()) })
type TestOrder = ReturnType<typeof order>

function asks(of: TestOrder, sequence: number, action: Action, more: Partial<Ask> = {}): AskedEvent {
  const ask = { step: 'payment', participant: 'payment', action, round: 1, attempt: 1, deadlineAt: '', ...more }
  const id = `${of.id}:${sequence}`
  const data = { status: 'processing', actor: { kind: 'system', id: 'test' } } as const
  const event = { id, type: 'order.test', orderId: of.id, sequence, time: '', data, hash: '' } as const
  return { ask, event, order: of }
}

const roomy = { room: 10, ms: 60_000 }
const add = (asked: readonly AskedEvent[], lease = roomy) =>
  database.transaction().execute((tx) => addTasks(tx, asked, lease))
const due = async (of: TestOrder) =>
  (await leaseTasks(database, 100, 60_000)).filter(({ orderId: id }) => id === of.id).map(({ action }) => action)

describe('a task as it is written', () => {
  it('is leased at once where nothing stands before it, and nobody else gets it', async () => {
    const one = order()
    const [task] = await add([asks(one, 1, 'perform')])
    expect(task).toMatchObject({ orderId: one.id, action: 'perform', fence: 1, undoWaits: false })
    expect(await due(one)).toEqual([])
    if (task) expect(await database.transaction().execute((tx) => closeTask(tx, task))).toBe(true)
  })

  it('waits behind an open one of its order', async () => {
    const one = order()
    const [first] = await add([asks(one, 1, 'perform')])
    expect(await add([asks(one, 5, 'capture')])).toEqual([])
    expect(await due(one)).toEqual([])
    if (first) await database.transaction().execute((tx) => closeTask(tx, first))
    expect(await due(one)).toEqual(['capture'])
  })

  it('is left to the runner where it comes beside another of its order, later, again, or as an undo', async () => {
    const [both, later, again, undo] = [order(), order(), order(), order()]
    const soon = new Date(Date.now() + 60_000).toISOString()
    const leased = await add([
      asks(both, 1, 'perform'),
      asks(both, 2, 'perform', { step: 'other' }),
      asks(later, 1, 'perform', { notBefore: soon }),
      asks(again, 4, 'perform', { attempt: 2 }),
      asks(undo, 3, 'compensate'),
    ])
    expect(leased).toEqual([])
    expect(await due(later)).toEqual([])
  })

  it('is left to the runner where there is no room for it', async () => {
    const one = order()
    expect(await add([asks(one, 1, 'perform')], { ...roomy, room: 0 })).toEqual([])
    expect(await due(one)).toEqual(['perform'])
  })

  it('comes back when its lease runs out, with another fence: the outcome of the first call is unknown', async () => {
    const one = order()
    const [first] = await add([asks(one, 1, 'perform')], { room: 1, ms: -1 })
    const second = (await leaseTasks(database, 100, 60_000)).find(({ orderId: id }) => id === one.id)
    expect([first?.fence, second?.fence]).toEqual([1, 2])
    if (first) expect(await database.transaction().execute((tx) => closeTask(tx, first))).toBe(false)
  })

  it('that was begun is not cancelled by an undo; one that was not is', async () => {
    const [begun, waiting] = [order(), order()]
    await add([asks(begun, 1, 'perform')])
    await add([asks(waiting, 1, 'perform')], { ...roomy, room: 0 })
    await add([asks(begun, 4, 'compensate'), asks(waiting, 4, 'compensate')])
    const states = await database
      .selectFrom('task')
      .select(['order_id', 'state'])
      .where('action', '=', 'perform')
      .where('order_id', 'in', [begun.id, waiting.id])
      .execute()
    const stateOf = (of: TestOrder) => states.find((row) => row.order_id === of.id)?.state
    expect([stateOf(begun), stateOf(waiting)]).toEqual(['open', 'cancelled'])
  })
})
