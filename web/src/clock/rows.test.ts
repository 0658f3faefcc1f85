import { describe, expect, it } from 'vitest'
import type { ClockItem } from '../http/contract.ts'
import { countsOf, rowsOf } from './rows.ts'

const placedAt = '2026-01-01T00:00:00.000Z'
const item = (ms: number, source: ClockItem['source'], more: Partial<ClockItem> = {}): ClockItem => ({
  at: new Date(Date.parse(placedAt) + ms).toISOString(),
  source,
  what: `${source} ${ms}`,
  ids: {},
  raw: {},
  ...more,
})
const items = [item(-5, 'temporal'), item(0, 'kafka'), item(10, 'temporal', { minor: true }), item(2_000, 'act')]
const whats = (rows: ReturnType<typeof rowsOf>) => rows.map(({ item: { what } }) => what)

describe('the rows of the clock', () => {
  it('leave bookkeeping out unless it is asked for', () => {
    expect(whats(rowsOf(items, placedAt, {}))).toEqual(['temporal -5', 'kafka 0', 'act 2000'])
    expect(rowsOf(items, placedAt, { minor: true })).toHaveLength(4)
  })

  it('are of the chosen sources', () => {
    expect(whats(rowsOf(items, placedAt, { sources: 'kafka,act' }))).toEqual(['kafka 0', 'act 2000'])
  })

  it('tell the time since the order was placed, and rests between those that are shown', () => {
    const rows = rowsOf(items, placedAt, {})
    expect(rows.map(({ sinceMs, restMs }) => [sinceMs, restMs])).toEqual([
      [-5, undefined],
      [0, undefined],
      [2_000, 2_000],
    ])
  })

  it('are counted by source', () => {
    expect([...countsOf(items)]).toEqual([
      ['temporal', 2],
      ['kafka', 1],
      ['act', 1],
    ])
  })
})
