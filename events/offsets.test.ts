import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeLog } from '../platform/log.ts'
import { type Commit, makeOffsets } from './offsets.ts'

const log = makeLog({ LOG_LEVEL: 'silent' }, 'test')

const on = (partition: number, topic = 'orders') => ({ topic, partition })

describe('offsets', () => {
  const committed: unknown[] = []
  const commit: Commit = (partitions) => {
    committed.push(partitions)
    return Promise.resolve()
  }
  beforeEach(() => {
    committed.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('commits the newest of each partition, together, and one past what was handled', async () => {
    const { handled } = makeOffsets(log)
    void handled(on(0), '7', commit)
    void handled(on(1), '3', commit)
    void handled(on(0), '9', commit)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(committed).toEqual([
      [
        { ...on(0), offset: '10' },
        { ...on(1), offset: '4' },
      ],
    ])
  })

  it('keeps apart partitions of the same number on different topics', async () => {
    const { handled } = makeOffsets(log)
    void handled(on(0), '7', commit)
    void handled(on(0, 'orders.stock.redrive'), '1', commit)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(committed).toEqual([
      [
        { ...on(0), offset: '8' },
        { ...on(0, 'orders.stock.redrive'), offset: '2' },
      ],
    ])
  })

  it('says beside the offset why a partition stands still, and no longer once it moves', async () => {
    const { handled, standsStill } = makeOffsets(log)
    standsStill(on(0), '7', 'ECONNREFUSED', commit)
    await vi.advanceTimersByTimeAsync(1_000)
    void handled(on(0), '7', commit)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(committed).toEqual([[{ ...on(0), offset: '7', metadata: 'ECONNREFUSED' }], [{ ...on(0), offset: '8' }]])
  })

  it('commits nothing of partitions that were taken away', async () => {
    const { handled, forget } = makeOffsets(log)
    void handled(on(0), '7', commit)
    forget()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(committed).toEqual([])
  })

  it('commits at once when the group is about to be left, and what is handled after that too', async () => {
    const { handled, hurry } = makeOffsets(log)
    void handled(on(2), '41', commit)
    await hurry()
    await handled(on(2), '42', commit)
    expect(committed).toEqual([[{ ...on(2), offset: '42' }], [{ ...on(2), offset: '43' }]])
  })

  it('goes on after a commit that failed', async () => {
    const { handled } = makeOffsets(log)
    void handled(on(0), '1', () => Promise.reject(new Error('the group rebalances')))
    await vi.advanceTimersByTimeAsync(1_000)
    void handled(on(0), '2', commit)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(committed).toEqual([[{ ...on(0), offset: '3' }]])
  })
})
