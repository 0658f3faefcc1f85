import { expect, it } from 'vitest'
import { type ClockItem, mergeItems, type Source } from './item.ts'

const item = (at: string, source: Source, what = ''): ClockItem => ({ at, source, what, ids: {}, raw: {} })
const first = '2026-01-01T00:00:00.000Z'
const second = '2026-01-01T00:00:00.001Z'
const names = (items: readonly ClockItem[]) => items.map(({ source, what }) => `${source}${what}`)

it('sorts by time, wherever an item is known from', () => {
  const merged = mergeItems([[item(second, 'act')], [item(first, 'kafka')], [item(second, 'temporal')]])
  expect(names(merged)).toEqual(['kafka', 'act', 'temporal'])
})

it('of the same moment keeps each list as it is, and the lists in their order', () => {
  const merged = mergeItems([
    [item(first, 'ledger', '1'), item(first, 'ledger', '2')],
    [item(first, 'signal', '5'), item(first, 'temporal', '6')],
    [item(first, 'kafka', '1')],
  ])
  expect(names(merged)).toEqual(['ledger1', 'ledger2', 'signal5', 'temporal6', 'kafka1'])
})

it('compares moments, not texts', () => {
  const merged = mergeItems([[item('2026-01-01T01:00:00+01:00', 'act')], [item('2025-12-31T23:59:59.999Z', 'kafka')]])
  expect(names(merged)).toEqual(['kafka', 'act'])
})
