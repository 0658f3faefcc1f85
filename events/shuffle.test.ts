import { describe, expect, it } from 'vitest'
import type { RawMessage } from './envelope.ts'
import { makeShuffle } from './shuffle.ts'

const message = (key: string, offset: number): RawMessage => ({
  key: Buffer.from(key),
  value: null,
  headers: {},
  partition: 0,
  offset: String(offset),
})
const batch = Array.from({ length: 60 }, (_, at) => message(`order-${at % 6}`, at))

describe('a shuffled delivery', () => {
  it('brings every message one to three times, some of them with the next batch', () => {
    const deliver = makeShuffle(7)
    const first = deliver(batch).flat()
    const second = deliver([message('other', 60)]).flat()
    const times = batch.map((one) => [...first, ...second].filter((other) => other === one).length)
    expect(new Set(times)).toEqual(new Set([1, 2, 3]))
    expect(new Set(first)).toEqual(new Set(batch))
    expect(second.length).toBeGreaterThan(1)
  })

  it('mixes orders, and keeps the sequence in which the events of one first come', () => {
    const once = [...new Set(makeShuffle(7)(batch).flat())]
    expect(once).not.toEqual(batch)
    for (const key of new Set(batch.map((one) => String(one.key)))) {
      const offsets = once.filter((one) => String(one.key) === key).map(({ offset }) => Number(offset))
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
    }
  })

  it('hands them on in several batches, the same ones for the same seed', () => {
    const parts = makeShuffle(7)(batch)
    expect(parts.length).toBeGreaterThan(1)
    expect(makeShuffle(7)(batch)).toEqual(parts)
    expect(makeShuffle(8)(batch)).not.toEqual(parts)
  })
})
