import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchHealth } from './watch-health.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** One that is asked each second; `answers` says in turn whether it is well, and then it is. */
function watched(answers: readonly boolean[]) {
  const left = [...answers]
  const onSick = vi.fn()
  const check = vi.fn(() => (left.shift() === false ? Promise.reject(new Error('interrupted (9)')) : Promise.resolve()))
  return { onSick, check, end: watchHealth({ check, everyMs: 1_000, most: 3, onSick }) }
}

it('tells of a server that did not answer so many times in a row', async () => {
  const { onSick } = watched([false, false, false])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onSick).toHaveBeenCalledExactlyOnceWith(3)
})

it('does not mind failures with an answer in between', async () => {
  const { onSick } = watched([false, false, true, false, false])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onSick).not.toHaveBeenCalled()
})

it('begins to count anew after it has told', async () => {
  const { onSick } = watched([false, false, false, false, false])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onSick).toHaveBeenCalledOnce()
})

it('asks no more once it is ended', async () => {
  const { check, end } = watched([])
  await vi.advanceTimersByTimeAsync(2_000)
  end()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(check).toHaveBeenCalledTimes(2)
})
