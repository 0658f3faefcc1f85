import { expect, it } from 'vitest'
import { mergeEntries } from './queries.ts'

const entry = (sequence: number) => ({
  sequence,
  type: 'order.placed',
  occurredAt: '2026-01-31T09:30:00.000Z',
  actor: 'system:saga',
  data: {},
})

it('has each event once and in order, whichever way it came', () => {
  const merged = mergeEntries([entry(1), entry(3)], [entry(2), entry(1), entry(4)])
  expect(merged.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
})
