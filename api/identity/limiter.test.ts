import { expect, it } from 'vitest'
import { makeLimiter, QueueFullError } from './limiter.ts'

it('never runs more than it may, keeps the order, and refuses what can not wait', async () => {
  const limited = makeLimiter(2, 3)
  let running = 0
  let most = 0
  const done: number[] = []
  const work = (name: number) => async () => {
    most = Math.max(most, (running += 1))
    await new Promise((resolve) => setTimeout(resolve, 5))
    running -= 1
    done.push(name)
  }
  const five = [1, 2, 3, 4, 5].map((name) => limited(work(name)))
  await expect(limited(work(6))).rejects.toThrow(QueueFullError)
  await Promise.all(five)
  expect(most).toBe(2)
  expect(done).toEqual([1, 2, 3, 4, 5])
})

it('gives a place back when the work fails', async () => {
  const limited = makeLimiter(1, 1)
  await expect(limited(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await limited(() => Promise.resolve(1))).toBe(1)
})
