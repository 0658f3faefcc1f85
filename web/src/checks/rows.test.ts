import { expect, it } from 'vitest'
import { checkNames } from './names.ts'
import { rowsOf } from './rows.ts'

const invariant = { name: 'stock', asks: 'Is it?', looked: 3, count: 0, findings: [] }

it('has a row for each invariant that says whether it holds', () => {
  const broken = { ...invariant, name: 'ledger', count: 2 }
  const rows = rowsOf({ outcome: 'findings', invariants: [invariant, broken] })
  expect(rows.map(({ name, state }) => [name, state])).toEqual([
    ['stock', 'ok'],
    ['ledger', 'finding'],
  ])
})

it('calls none of them well when the check could not look', () => {
  const rows = rowsOf({ outcome: 'failed', invariants: [] })
  expect(rows.map(({ name }) => name)).toEqual(checkNames)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['unknown']))
})
