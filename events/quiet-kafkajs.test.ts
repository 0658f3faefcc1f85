import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { quietKafkajs } from './quiet-kafkajs.ts'

type Queue = {
  pending: unknown[]
  throttledUntil: number
  readonly scheduleCheckPendingRequests: () => void
}
const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
  readonly prototype: Queue
}

describe('a request queue of kafkajs', () => {
  const queue = (): Queue =>
    Object.assign(Object.create(prototype) as Queue, { pending: [], throttledUntil: -1, throttleCheckTimeoutId: null })
  const timers = (change: Partial<Queue>): number => {
    const one = Object.assign(queue(), change)
    one.scheduleCheckPendingRequests()
    return vi.getTimerCount()
  }
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('as it is published keeps a timer going with nothing to do: the day this fails, the patch can go', () => {
    expect(timers({})).toBe(1)
  })

  it('is quiet when nothing waits, and looks again while something waits or is throttled', () => {
    quietKafkajs()
    expect(timers({})).toBe(0)
    expect(timers({ pending: ['a request'] })).toBe(1)
    expect(timers({ throttledUntil: Date.now() + 100 })).toBe(2)
  })
})
