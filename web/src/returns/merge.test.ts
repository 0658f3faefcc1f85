import { expect, it } from 'vitest'
import type { Return } from '../http/contract.ts'
import { isTimelineBehind, mergeReturns } from './merge.ts'

const one = (number: number, status: Return['status'], more: Partial<Return> = {}): Return => ({
  number,
  status,
  lines: [{ sku: 'A', quantity: 1 }],
  amount: { amountMinor: 1000, currency: 'EUR' },
  reason: 'Broken',
  requestedAt: '2026-01-31T09:30:00.000Z',
  restocked: false,
  refunded: false,
  needsAttention: false,
  ...more,
})
const entry = (about: Return) => ({
  sequence: 1,
  type: `return.${about.status}`,
  occurredAt: about.requestedAt,
  actor: 'system:saga',
  data: { return: about },
})

it('keeps what the API answered while its list is still behind', () => {
  expect(mergeReturns([one(1, 'approved')], [])).toEqual([one(1, 'approved')])
  expect(mergeReturns([one(1, 'approved')], [one(1, 'requested')])).toEqual([one(1, 'approved')])
  const half = one(1, 'received', { refunded: true })
  expect(mergeReturns([half], [one(1, 'received')])).toEqual([half])
})

it('goes on with the list when it is as far or further, and keeps returns in order', () => {
  const troubled = one(2, 'received', { needsAttention: true })
  expect(mergeReturns([one(2, 'received')], [one(1, 'completed'), troubled])).toEqual([one(1, 'completed'), troubled])
})

it('knows when the timeline does not tell the newest of a return yet', () => {
  const returns = [one(1, 'approved')]
  expect(isTimelineBehind([], returns)).toBe(true)
  expect(isTimelineBehind([entry(one(1, 'requested'))], returns)).toBe(true)
  expect(isTimelineBehind([entry(one(1, 'requested')), entry(one(1, 'approved'))], returns)).toBe(false)
  expect(isTimelineBehind([], [])).toBe(false)
})
