import { describe, expect, it } from 'vitest'
import type { Order } from '../../client/contract.ts'
import { ok } from '../kinds.ts'
import { verdictOn } from './verdict.ts'

const now = '2026-01-01T00:00:00.000Z'
const order = (id: string, status: Order['status'], code?: string): Order =>
  ({
    id,
    status,
    placedAt: now,
    updatedAt: now,
    ...(code !== undefined && { failure: { step: 'payment', code, message: '' } }),
  }) as unknown as Order // the rest is not looked at
const placed = (...ids: readonly string[]) => ids.map((id) => ({ kind: ok, ids: [id], askedAt: 0 }))
const nothing = { unexpected: [], newFindings: [] }
const finding = { invariant: 'stock', subject: 'MUG', difference: '2 instead of 1' }

describe('a drill is as expected', () => {
  it('where every order ended as it may, and counts how', () => {
    const orders = [order('a', 'delivered'), order('b', 'delivered')]
    expect(verdictOn({ placed: placed('a', 'b'), orders, ...nothing })).toEqual({
      isAsExpected: true,
      ends: [{ status: 'delivered', count: 2 }],
      lost: 0,
      doubled: 0,
      wronglyEnded: 0,
      timedOut: 0,
      invariantsHeld: true,
      newFindings: 0,
      faults: [],
    })
  })

  it('where an order was rejected because its deadline passed meanwhile', () => {
    const orders = [order('a', 'rejected', 'timed_out')]
    const verdict = verdictOn({ placed: placed('a'), orders, ...nothing })
    expect(verdict).toMatchObject({ isAsExpected: true, timedOut: 1, wronglyEnded: 0 })
  })
})

describe('a drill is not as expected', () => {
  it('where an order was lost, doubled or ended for another reason', () => {
    const orders = [order('a', 'processing'), order('b', 'rejected', 'card_declined'), order('c', 'delivered')]
    const verdict = verdictOn({ placed: placed('a', 'b'), orders, ...nothing })
    expect(verdict).toMatchObject({ isAsExpected: false, lost: 1, doubled: 1, wronglyEnded: 1 })
    expect(verdict.faults).toHaveLength(3)
  })

  it('where an order is late and is not over', () => {
    const orders = [order('a', 'failing', 'timed_out')]
    expect(verdictOn({ placed: placed('a'), orders, ...nothing })).toMatchObject({ isAsExpected: false, lost: 1 })
  })

  it('where the check found what it had not found before', () => {
    const verdict = verdictOn({ placed: [], orders: [], unexpected: [], newFindings: [finding] })
    expect(verdict).toMatchObject({ isAsExpected: false, invariantsHeld: false, newFindings: 1 })
    expect(verdict.faults).toEqual(['stock: MUG: 2 instead of 1'])
  })

  it('where the API answered what no outage excuses', () => {
    const verdict = verdictOn({ placed: [], orders: [], unexpected: ['500 internal_error'], newFindings: [] })
    expect(verdict).toMatchObject({ isAsExpected: false, invariantsHeld: true })
  })
})
