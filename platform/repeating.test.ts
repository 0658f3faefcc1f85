import { describe, expect, it } from 'vitest'
import { repeatUntil, startRepeating } from './repeating.ts'

const hour = 3_600_000
const neverFails = (error: unknown): void => expect.unreachable(String(error))

/** Work that ends as each of these says, and stops at the last one. */
function inTurn(...turns: readonly (() => number | undefined)[]) {
  const stopping = new AbortController()
  let done = 0
  const work = async (): Promise<number | undefined> => {
    const turn = turns[done]
    done += 1
    if (done === turns.length) stopping.abort()
    return Promise.resolve(turn?.())
  }
  return { work, signal: stopping.signal, done: () => done }
}
const asUsual = () => undefined
const moreWaits = () => 0
const fails = () => {
  throw new Error('away')
}

describe('work that is repeated', () => {
  it('begins at once and ends when it is stopped, in its rest too', async () => {
    const { work, done } = inTurn(asUsual, asUsual)
    const stop = startRepeating({ everyMs: hour, work, onFailure: neverFails })
    await stop()
    expect(done()).toBe(1)
  })

  it('rests between two times', async () => {
    const { work, signal, done } = inTurn(asUsual, asUsual, asUsual)
    await repeatUntil(signal, { everyMs: 1, work, onFailure: neverFails })
    expect(done()).toBe(3)
  })

  it('does not rest while more waits to be done', async () => {
    const { work, signal, done } = inTurn(moreWaits, moreWaits, asUsual)
    await repeatUntil(signal, { everyMs: hour, work, onFailure: neverFails })
    expect(done()).toBe(3)
  })

  it('rests as long as the work says', async () => {
    const { work, signal, done } = inTurn(() => 1, asUsual)
    await repeatUntil(signal, { everyMs: hour, work, onFailure: neverFails })
    expect(done()).toBe(2)
  })

  it('tells a failure and goes on after a rest of its own', async () => {
    const told: unknown[] = []
    const { work, signal, done } = inTurn(fails, asUsual)
    const onFailure = (error: unknown) => told.push(error)
    await repeatUntil(signal, { everyMs: hour, afterFailureMs: 1, work, onFailure })
    expect(told).toEqual([new Error('away')])
    expect(done()).toBe(2)
  })

  it('rests after a failure as ever where nothing else is said', async () => {
    const { work, signal, done } = inTurn(fails, asUsual)
    await repeatUntil(signal, { everyMs: 1, work, onFailure: () => undefined })
    expect(done()).toBe(2)
  })

  it('finishes what is under way before it is stopped', async () => {
    let finish = (): void => undefined
    let isOver = false
    const under = new Promise<void>((resolve) => (finish = resolve))
    const stop = startRepeating({ everyMs: hour, work: () => under.then(asUsual), onFailure: neverFails })
    const stopped = stop().then(() => (isOver = true))
    await Promise.resolve()
    expect(isOver).toBe(false)
    finish()
    await stopped
  })

  it('is not begun where it is stopped already', async () => {
    const { work, done } = inTurn(asUsual)
    await repeatUntil(AbortSignal.abort(), { everyMs: hour, work, onFailure: neverFails })
    expect(done()).toBe(0)
  })
})
