import { Registry } from 'prom-client'
import { expect, it, vi } from 'vitest'
import type { Group } from '../../events/topics.ts'
import { makeBacklog, measureBacklog } from './backlog.ts'

const groupsWith = (lag: number) => new Map<Group, { members: number; lag: number }>([['stock', { members: 1, lag }]])

function setUp() {
  let time = 0
  const state = { orders: 0, lag: 0 }
  const countUnsettled = vi.fn(async () => state.orders)
  const backlog = makeBacklog({
    mostOrders: 10,
    mostLag: 100,
    countUnsettled,
    readGroups: async () => groupsWith(state.lag),
    log: { warn: () => undefined, info: () => undefined },
    now: () => time,
  })
  /** Asked, and once more when the figures were read. */
  async function isFull(): Promise<boolean> {
    time += 2_000
    backlog.isFull()
    await new Promise(setImmediate)
    return backlog.isFull()
  }
  return { backlog, state, countUnsettled, isFull, pass: (ms: number) => (time += ms) }
}

it.each([
  [9, 99, false],
  [10, 0, true],
  [0, 100, true],
])('with %i orders unsettled and a lag of %i, full is %s', async (orders, lag, full) => {
  const { state, isFull } = setUp()
  Object.assign(state, { orders, lag })
  expect(await isFull()).toBe(full)
})

it('takes orders again when there is less to do', async () => {
  const { state, isFull } = setUp()
  state.orders = 10
  expect(await isFull()).toBe(true)
  state.orders = 9
  expect(await isFull()).toBe(false)
})

it('reads once in two seconds however many ask, and never when nobody asks', async () => {
  const { backlog, countUnsettled, pass } = setUp()
  pass(60_000)
  expect(countUnsettled).not.toHaveBeenCalled()
  for (let order = 0; order < 100; order += 1) backlog.isFull()
  await new Promise(setImmediate)
  for (let order = 0; order < 100; order += 1) backlog.isFull()
  expect(countUnsettled).toHaveBeenCalledTimes(1)
})

it('lets orders through when the figures can not be read any more', async () => {
  const { state, isFull, countUnsettled, pass } = setUp()
  state.orders = 10
  expect(await isFull()).toBe(true)
  countUnsettled.mockRejectedValue(new Error('down'))
  expect(await isFull()).toBe(true)
  pass(15_000)
  expect(await isFull()).toBe(false)
})

it('tells its figures and what was refused as metrics', async () => {
  const { backlog, state, isFull } = setUp()
  const registry = new Registry()
  measureBacklog(registry, backlog)
  state.orders = 10
  await isFull()
  expect(backlog.refusal()).toMatchObject({ code: 'overloaded', headers: { 'Retry-After': '5' } })
  const text = await registry.metrics()
  expect(text).toMatch(/^backlog_orders 10$/m)
  expect(text).toMatch(/^backlog_lag_messages 0$/m)
  expect(text).toMatch(/^backlog_refused_orders_total 1$/m)
})
