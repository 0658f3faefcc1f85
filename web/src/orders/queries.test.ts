import { expect, it } from 'vitest'
import { entryKey, mergeEntries } from './queries.ts'

const entry = (sequence: number, type = 'order.placed') => ({
  sequence,
  type,
  occurredAt: '2026-01-31T09:30:00.000Z',
  actor: 'system:saga',
  data: {},
})

it('has each event once and in order, whichever way it came', () => {
  const merged = mergeEntries([entry(1), entry(3)], [entry(2), entry(1), entry(4)])
  expect(merged.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
})

it('keeps the events of returns, which count from 1 again, apart and behind the order’s own', () => {
  const own = [entry(1), entry(2), entry(3)]
  const returns = [entry(1, 'return.requested'), entry(2, 'return.approved')]
  const merged = mergeEntries([...returns, ...own], [...own, ...returns])
  expect(merged).toEqual([...own, ...returns])
  expect(new Set(merged.map(entryKey)).size).toBe(5)
})

it('puts what the stream tells of the order before returns that are known already', () => {
  const merged = mergeEntries([entry(1), entry(1, 'return.requested')], [entry(2)])
  expect(merged.map(entryKey)).toEqual(['order-1', 'order-2', 'return-1'])
})
