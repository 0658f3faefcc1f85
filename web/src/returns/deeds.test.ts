import { expect, it } from 'vitest'
import { deedsFor } from './deeds.ts'

const goods = { status: 'requested', needsAttention: false, lines: [{ sku: 'MUG', quantity: 1 }] } as const
const money = { ...goods, lines: [] }

it('support may say yes to goods, but only no to money without goods', () => {
  expect(deedsFor(goods, false)).toEqual(['approve', 'decline'])
  expect(deedsFor(money, false)).toEqual(['decline'])
  expect(deedsFor(money, true)).toEqual(['approve', 'decline'])
})

it('goods are waited for once they are approved, and what is stuck for another try', () => {
  expect(deedsFor({ ...goods, status: 'approved' }, false)).toEqual(['receive'])
  expect(deedsFor({ ...money, status: 'received', needsAttention: true }, false)).toEqual(['retry'])
  expect(deedsFor({ ...money, status: 'completed' }, true)).toEqual([])
})
