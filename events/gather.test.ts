import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeGathering } from './gather.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** When it went on, in milliseconds. */
async function goesOnAfter(done: Promise<void>): Promise<number> {
  const begun = performance.now()
  const at = done.then(() => performance.now() - begun)
  await vi.advanceTimersByTimeAsync(1_000)
  return at
}

test('all batches of a fetch wait until one time', async () => {
  const gather = makeGathering(200)
  const first = gather()
  await vi.advanceTimersByTimeAsync(50)
  const second = gather()
  expect(await Promise.all([goesOnAfter(first()), goesOnAfter(second())])).toEqual([150, 150])
})

test('work that took longer waits for nothing', async () => {
  const gathered = makeGathering(200)()
  await vi.advanceTimersByTimeAsync(250)
  await gathered()
})

test('a later batch begins a time of its own', async () => {
  const gather = makeGathering(200)
  gather()
  await vi.advanceTimersByTimeAsync(300)
  expect(await goesOnAfter(gather()())).toBe(200)
})
