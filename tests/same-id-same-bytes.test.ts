import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../stack/system.ts'
import { type Neighbours, openNeighbours, spawnHangingWorker } from './support/neighbours.ts'
import { startOwnSystem } from './support/own-system.ts'

let system: System
let shop: Neighbours
beforeAll(async () => {
  system = await startOwnSystem({}, [])
  shop = await openNeighbours(system.env)
})
afterAll(async () => {
  await shop.close()
  await system.stop()
})

/** Every copy of an event is the same event; at least one was published more than once, else nothing was tested. */
function expectSameBytes(id: string): void {
  const copies = shop.events(id)
  const ids = [...new Set(copies.map((one) => one.id))]
  expect(copies.length).toBeGreaterThan(ids.length)
  for (const eventId of ids) {
    expect(new Set(copies.filter((one) => one.id === eventId).map(({ bytes }) => bytes)).size, eventId).toBe(1)
  }
  expect(ids.map((eventId) => Number(eventId.split(':')[1])).sort((a, b) => a - b)).toEqual(ids.map((_, i) => i + 1))
}

/** A worker hangs after publishing what `first` caused, `second` happens, the worker is killed, a good one goes on. */
async function race(hangAfter: string, first: (id: string) => Promise<void>, second: (id: string) => Promise<unknown>) {
  const hanging = await spawnHangingWorker(system.env, hangAfter)
  const id = await shop.start()
  await shop.until(id, 'order.placed')
  const hangs = hanging.hangs()
  await first(id)
  await hangs
  const later = second(id)
  await hanging.kill()
  await system.start('temporal')
  await later
  return id
}

describe('a worker killed after a publish and before its task completes', () => {
  it('while another answer arrives publishes the same bytes under the same id', async () => {
    const id = await race(
      'order.stock_reserved',
      (order) => shop.answer(order, 'stock', 'perform'),
      (order) =>
        shop.answer(order, 'payment', 'perform', { outcome: 'rejected', reason: { code: 'no', message: 'no' } }),
    )
    await shop.until(id, 'order.compensation_requested')
    await shop.answer(id, 'stock', 'compensate')
    await shop.until(id, 'order.rejected')
    expectSameBytes(id)
    await system.process('temporal').stop()
  })

  it('while a cancellation arrives publishes the same bytes under the same id', async () => {
    const id = await race(
      'order.stock_reserved',
      (order) => shop.answer(order, 'stock', 'perform'),
      (order) => shop.cancel(order),
    )
    await shop.until(id, 'order.compensation_requested')
    await shop.answer(id, 'stock', 'compensate')
    await shop.answer(id, 'payment', 'compensate')
    await shop.until(id, 'order.cancelled')
    expectSameBytes(id)
    await system.process('temporal').stop()
  })

  it('while an answer arrives, when it was publishing a cancellation', async () => {
    const id = await race(
      'order.cancellation_requested',
      (order) => shop.cancel(order).then(() => undefined),
      (order) => shop.answer(order, 'stock', 'perform'),
    )
    await shop.until(id, 'order.stock_reserved')
    await shop.answer(id, 'stock', 'compensate')
    await shop.answer(id, 'payment', 'compensate')
    await shop.until(id, 'order.cancelled')
    expectSameBytes(id)
    await system.process('temporal').stop()
  })
})
