import { expect, it } from 'vitest'
import { rollingTable } from './table.ts'

it('has a row for each restart, and a dash where there is no group to leave', () => {
  const api = { name: 'api', exit: '0', endedMs: 2_310, startedMs: 1_900, requests: 40, failed: 0 }
  const stock = { ...api, name: 'stock', exit: 'SIGKILL', endedMs: 10_020, leftMs: 140, takenMs: 1_260, failed: 2 }
  expect(rollingTable([api, stock]).split('\n').slice(2)).toEqual([
    '| api | 0 | 2.3 | - | - | 1.9 | 40 | 0 |',
    '| stock | SIGKILL | 10.0 | 0.1 | 1.3 | 1.9 | 40 | 2 |',
  ])
})
